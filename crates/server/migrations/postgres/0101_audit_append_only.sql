-- What staff did, sealed days and frozen shares stay as they were written (inv.L2).
CREATE FUNCTION record_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'the record is append-only'; END $$;
CREATE TRIGGER staff_action_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON staff_action
    FOR EACH STATEMENT EXECUTE FUNCTION record_is_append_only();
CREATE TRIGGER ledger_day_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON ledger_day
    FOR EACH STATEMENT EXECUTE FUNCTION record_is_append_only();
CREATE TRIGGER order_share_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON order_share
    FOR EACH STATEMENT EXECUTE FUNCTION record_is_append_only();
CREATE TRIGGER refund_share_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON refund_share
    FOR EACH STATEMENT EXECUTE FUNCTION record_is_append_only();
