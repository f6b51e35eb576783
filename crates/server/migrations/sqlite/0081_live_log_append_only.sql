-- The log of live rooms is append-only (rules.md L11).
CREATE TRIGGER live_log_kept BEFORE UPDATE ON live_log
BEGIN SELECT RAISE(ABORT, 'the log of live rooms is append-only'); END;
CREATE TRIGGER live_log_stays BEFORE DELETE ON live_log
BEGIN SELECT RAISE(ABORT, 'the log of live rooms is append-only'); END;
