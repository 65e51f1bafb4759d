-- Of a promise that was not kept in time each is told once, though two processes find it out at the same moment.
DELETE FROM aux_webhook_deliveries WHERE event = 'promise.overdue' AND id NOT IN
    (SELECT min(id) FROM aux_webhook_deliveries WHERE event = 'promise.overdue' GROUP BY webhook_id, object_uid);
CREATE UNIQUE INDEX aux_webhook_deliveries_overdue ON aux_webhook_deliveries (webhook_id, object_uid) WHERE event = 'promise.overdue';
