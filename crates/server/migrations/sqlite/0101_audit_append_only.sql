-- What staff did, sealed days and frozen shares stay as they were written (inv.L2).
CREATE TRIGGER staff_action_kept BEFORE UPDATE ON staff_action
BEGIN SELECT RAISE(ABORT, 'the record is append-only'); END;
CREATE TRIGGER staff_action_stays BEFORE DELETE ON staff_action
BEGIN SELECT RAISE(ABORT, 'the record is append-only'); END;
CREATE TRIGGER ledger_day_kept BEFORE UPDATE ON ledger_day
BEGIN SELECT RAISE(ABORT, 'the record is append-only'); END;
CREATE TRIGGER ledger_day_stays BEFORE DELETE ON ledger_day
BEGIN SELECT RAISE(ABORT, 'the record is append-only'); END;
CREATE TRIGGER order_share_kept BEFORE UPDATE ON order_share
BEGIN SELECT RAISE(ABORT, 'the record is append-only'); END;
CREATE TRIGGER order_share_stays BEFORE DELETE ON order_share
BEGIN SELECT RAISE(ABORT, 'the record is append-only'); END;
CREATE TRIGGER refund_share_kept BEFORE UPDATE ON refund_share
BEGIN SELECT RAISE(ABORT, 'the record is append-only'); END;
CREATE TRIGGER refund_share_stays BEFORE DELETE ON refund_share
BEGIN SELECT RAISE(ABORT, 'the record is append-only'); END;
