import { MonitoringDashboard } from "@cdktf/provider-google/lib/monitoring-dashboard";
import { Construct } from "constructs";

import type { Aligner } from "./alert-condition";
import { PlatformStack } from "./platform-stack";

/** One chart of a dashboard. */
export interface Chart {
  readonly title: string;
  /** Monitoring filter that selects the time series. */
  readonly filter: string;
  readonly aligner: Aligner;
  /**
   * Labels that each get a line of their own, such as `metric.label.deployed_model_id`.
   * @default - one line for every time series
   */
  readonly groupBy?: readonly string[];
}

export interface DashboardProps {
  readonly displayName: string;
  readonly charts: readonly Chart[];
}

const columns = 48;
const width = 24;
const height = 16;

/** A dashboard of charts, two in a row. */
export class Dashboard extends Construct {
  constructor(scope: Construct, id: string, props: DashboardProps) {
    super(scope, id);
    new MonitoringDashboard(this, "Resource", {
      project: PlatformStack.of(this).environment.project,
      dashboardJson: JSON.stringify({
        displayName: props.displayName,
        mosaicLayout: { columns, tiles: props.charts.map(tile) },
      }),
    });
  }
}

/** The API drops a position of 0 and the provider then shows a difference forever, so 0 is left out. */
function tile(chart: Chart, index: number) {
  const xPos = (index % 2) * width;
  const yPos = Math.floor(index / 2) * height;
  return {
    ...(xPos > 0 && { xPos }),
    ...(yPos > 0 && { yPos }),
    width,
    height,
    widget: {
      title: chart.title,
      xyChart: {
        dataSets: [
          {
            plotType: "LINE",
            timeSeriesQuery: {
              timeSeriesFilter: {
                filter: chart.filter,
                aggregation: {
                  alignmentPeriod: "60s",
                  perSeriesAligner: chart.aligner,
                  ...(chart.groupBy && { crossSeriesReducer: "REDUCE_SUM", groupByFields: chart.groupBy }),
                },
              },
            },
          },
        ],
      },
    },
  };
}
