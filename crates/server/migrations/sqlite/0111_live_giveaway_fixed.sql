-- What a giveaway declared when it opened is never changed (rules.md L9), and neither is who entered.
CREATE TRIGGER live_giveaway_fixed
BEFORE UPDATE OF session, prize, entry, winners, opened_at, closes_at, seed, seed_hash ON live_giveaway
BEGIN SELECT RAISE(ABORT, 'a giveaway is fixed once it is open'); END;
CREATE TRIGGER live_giveaway_entry_fixed
BEFORE UPDATE OF giveaway, owner, number, at ON live_giveaway_entry
BEGIN SELECT RAISE(ABORT, 'an entry of a giveaway is never changed'); END;
