import { MonitoringDashboard } from "@cdktf/provider-google/lib/monitoring-dashboard";

import { type Chart, Dashboard } from "../../constructs/dashboard";
import { templateOf } from "../support/template";

const lag: Chart = { title: "lag", filter: 'metric.type="lag"', aligner: "ALIGN_MAX" };

interface DashboardJson {
  readonly mosaicLayout: { readonly tiles: readonly Readonly<Record<string, unknown>>[] };
}

const dashboard = (charts: readonly Chart[]) => {
  const template = templateOf((stack) => new Dashboard(stack, "Dashboard", { displayName: "Team churn", charts }));
  const { project, dashboard_json: json } = template.only(MonitoringDashboard);
  return { project, json: JSON.parse(json as string) as DashboardJson };
};

test("a chart draws a line for every time series, by the minute", () => {
  const { project, json } = dashboard([lag]);
  expect(project).toBe("acme-ml-dev");
  expect(json).toEqual({
    displayName: "Team churn",
    mosaicLayout: {
      columns: 48,
      tiles: [
        {
          width: 24,
          height: 16,
          widget: {
            title: "lag",
            xyChart: {
              dataSets: [
                {
                  plotType: "LINE",
                  timeSeriesQuery: {
                    timeSeriesFilter: {
                      filter: 'metric.type="lag"',
                      aggregation: { alignmentPeriod: "60s", perSeriesAligner: "ALIGN_MAX" },
                    },
                  },
                },
              ],
            },
          },
        },
      ],
    },
  });
});

test("a chart can draw a line for every value of a label", () => {
  const { json } = dashboard([{ ...lag, groupBy: ["metric.label.deployed_model_id"] }]);
  expect(JSON.stringify(json)).toContain(
    '"crossSeriesReducer":"REDUCE_SUM","groupByFields":["metric.label.deployed_model_id"]',
  );
});

test("charts stand two in a row, and a position of 0 is left out: the API drops it", () => {
  const { tiles } = dashboard([lag, lag, lag, lag]).json.mosaicLayout;
  expect(tiles.map(({ xPos, yPos }) => [xPos, yPos])).toEqual([
    [undefined, undefined],
    [24, undefined],
    [undefined, 16],
    [24, 16],
  ]);
});

test("nothing is 0, empty or false in it: the API would drop that and every plan would show it", () => {
  const values: unknown[] = [];
  JSON.stringify(dashboard([lag, lag, lag]).json, (_, value: unknown) => {
    values.push(value);
    return value;
  });
  expect(values.filter((value) => !value || (Array.isArray(value) && value.length === 0))).toEqual([]);
});
