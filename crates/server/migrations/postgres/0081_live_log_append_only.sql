-- The log of live rooms is append-only (rules.md L11).
CREATE FUNCTION live_log_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'the log of live rooms is append-only'; END $$;
CREATE TRIGGER live_log_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON live_log
    FOR EACH STATEMENT EXECUTE FUNCTION live_log_is_append_only();
