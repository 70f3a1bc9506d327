import { BillingBudget } from "@cdktf/provider-google/lib/billing-budget";
import { Construct } from "constructs";

import type { NotificationChannel } from "./notification-channel";
import { PlatformStack } from "./platform-stack";

export interface BudgetProps {
  readonly displayName: string;

  /** Billing account id, such as `012345-6789AB-CDEF01`. */
  readonly billingAccount: string;

  /** Currency of the billing account, such as `EUR`. */
  readonly currencyCode: string;

  /** Amount per month, in whole units of the currency. */
  readonly monthlyAmount: number;

  /** Shares of the amount at which mail is sent. */
  readonly thresholds: readonly number[];

  /** Who is told. */
  readonly notify: NotificationChannel;
}

/** A budget of the project. It warns when money is spent, and when the forecast for the month is above the amount. */
export class Budget extends Construct {
  constructor(scope: Construct, id: string, props: BudgetProps) {
    super(scope, id);
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
