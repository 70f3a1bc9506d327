-- Subscribers who cancelled, once each: a change to the plan 'none'.
SELECT subscriber_id, 1 AS outcome, MIN(event_time) AS occurred_at
FROM `churn_raw.usage_events`
WHERE publish_time >= TIMESTAMP '2026-09-01 00:00:00+00'
  AND event_type = 'plan_changed'
  AND plan = 'none'
GROUP BY subscriber_id
