-- What a giveaway declared when it opened is never changed (rules.md L9), and neither is who entered.
CREATE FUNCTION live_giveaway_is_fixed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'a giveaway is fixed once it is open'; END $$;
CREATE TRIGGER live_giveaway_fixed
    BEFORE UPDATE OF session, prize, entry, winners, opened_at, closes_at, seed, seed_hash ON live_giveaway
    FOR EACH ROW EXECUTE FUNCTION live_giveaway_is_fixed();
CREATE TRIGGER live_giveaway_entry_fixed
    BEFORE UPDATE OF giveaway, owner, number, at ON live_giveaway_entry
    FOR EACH ROW EXECUTE FUNCTION live_giveaway_is_fixed();
