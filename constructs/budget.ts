import { BillingBudget } from "@cdktf/provider-google/lib/billing-budget";
import { Construct } from "constructs";

import { requireRange } from "./errors";
import type { NotificationChannel } from "./notification-channel";
import { PlatformStack } from "./platform-stack";

export interface BudgetProps {
  readonly displayName: string;

  /** Billing account id, such as `012345-6789AB-CDEF01`. */
  readonly billingAccount: string;

  /** Currency of the billing account, such as `EUR`. */
  readonly currencyCode: string;

  /** Amount per month, in whole units of the currency: at least 1. */
  readonly monthlyAmount: number;

  /** Shares of the amount at which mail is sent, such as 0.9: above 0, at most 10. */
  readonly thresholds: readonly number[];

  /** Who is told. */
  readonly notify: NotificationChannel;
}

/** A budget of the project. It warns when money is spent, and when the forecast for the month is above the amount. */
export class Budget extends Construct {
  constructor(scope: Construct, id: string, props: BudgetProps) {
    super(scope, id);
    requireRange(this, "monthlyAmount", props.monthlyAmount, 1, 100_000_000);
    for (const threshold of props.thresholds) {
      // A share written as percent would never warn.
      requireRange(this, "thresholds", threshold, 0.01, 10);
    }
    const { projectNumber } = PlatformStack.of(this).environment;

    new BillingBudget(this, "Resource", {
      billingAccount: props.billingAccount,
      displayName: props.displayName,
      budgetFilter: {
        projects: [`projects/${projectNumber}`],
        calendarPeriod: "MONTH",
        creditTypesTreatment: "EXCLUDE_ALL_CREDITS",
      },
      amount: { specifiedAmount: { currencyCode: props.currencyCode, units: `${props.monthlyAmount}` } },
      thresholdRules: [
        ...props.thresholds.map((thresholdPercent) => ({ thresholdPercent, spendBasis: "CURRENT_SPEND" })),
        { thresholdPercent: 1, spendBasis: "FORECASTED_SPEND" },
      ],
      allUpdatesRule: {
        monitoringNotificationChannels: [props.notify.channelName],
        disableDefaultIamRecipients: true,
      },
    });
  }
}
