-- The rules of the books, for PostgreSQL. One statement per block; blocks are parted by an empty line.
-- rules_sqlite.sql says the same. A refusal carries its rule as the name of a violated constraint.

CREATE FUNCTION ledger_refuse(rule text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '%', rule USING ERRCODE = 'check_violation', CONSTRAINT = rule;
END $$

CREATE FUNCTION ledger_posting_check() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM ledger_journal WHERE id = NEW.journal_id) THEN
        PERFORM ledger_refuse('a_journal_takes_no_late_posting');
    END IF;
    IF length(NEW.currency) <> 3 THEN
        PERFORM ledger_refuse('a_currency_has_three_letters');
    END IF;
    IF EXISTS (SELECT 1 FROM ledger_account
               WHERE id = NEW.account_id AND by_purpose <> (NEW.purpose_id IS NOT NULL)) THEN
        PERFORM ledger_refuse('a_purpose_stands_where_the_chart_says');
    END IF;
    RETURN NEW;
END $$

CREATE TRIGGER ledger_posting_rules BEFORE INSERT ON ledger_posting
FOR EACH ROW EXECUTE FUNCTION ledger_posting_check()

CREATE FUNCTION ledger_journal_lines_check() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (SELECT COUNT(*) FROM ledger_posting WHERE journal_id = NEW.id) < 2 THEN
        PERFORM ledger_refuse('a_journal_has_two_lines');
    END IF;
    IF EXISTS (SELECT 1 FROM ledger_posting WHERE journal_id = NEW.id
               GROUP BY currency HAVING SUM(amount_minor) <> 0) THEN
        PERFORM ledger_refuse('a_journal_sums_to_zero');
    END IF;
    IF EXISTS (SELECT 1 FROM ledger_posting JOIN ledger_account ON ledger_account.id = ledger_posting.account_id
               WHERE ledger_posting.journal_id = NEW.id AND ledger_account.fund_id <> NEW.fund_id) THEN
        PERFORM ledger_refuse('a_journal_stays_in_its_fund');
    END IF;
    RETURN NEW;
END $$

CREATE TRIGGER ledger_journal_lines AFTER INSERT ON ledger_journal
FOR EACH ROW EXECUTE FUNCTION ledger_journal_lines_check()

-- FOR SHARE: whoever closes the period holds its row, so a journal waits for the answer instead of slipping in.
CREATE FUNCTION ledger_journal_period_check() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    period ledger_period%ROWTYPE;
BEGIN
    SELECT * INTO period FROM ledger_period WHERE id = NEW.period_id FOR SHARE;
    IF period.fund_id <> NEW.fund_id THEN
        PERFORM ledger_refuse('a_journal_stays_in_its_fund');
    END IF;
    IF period.state <> 'open' THEN
        PERFORM ledger_refuse('a_closed_period_takes_no_journal');
    END IF;
    IF period.ends_on < NEW.business_on THEN
        PERFORM ledger_refuse('a_journal_is_not_booked_before_its_day');
    END IF;
    RETURN NEW;
END $$

CREATE TRIGGER ledger_journal_period AFTER INSERT ON ledger_journal
FOR EACH ROW EXECUTE FUNCTION ledger_journal_period_check()

CREATE FUNCTION ledger_journal_reversal_check() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM ledger_journal
               WHERE id = NEW.reverses_id AND (reverses_id IS NOT NULL OR fund_id <> NEW.fund_id))
       OR EXISTS (SELECT 1 FROM ledger_posting WHERE journal_id IN (NEW.id, NEW.reverses_id)
                  GROUP BY account_id, party, purpose_id, currency HAVING SUM(amount_minor) <> 0) THEN
        PERFORM ledger_refuse('a_reversal_undoes_one_whole_journal');
    END IF;
    RETURN NEW;
END $$

CREATE TRIGGER ledger_journal_reversal AFTER INSERT ON ledger_journal
FOR EACH ROW WHEN (NEW.reverses_id IS NOT NULL) EXECUTE FUNCTION ledger_journal_reversal_check()

CREATE FUNCTION ledger_period_insert_check() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.state <> 'open' OR EXISTS (
        SELECT 1 FROM ledger_period WHERE fund_id = NEW.fund_id
        AND ((starts_on <= NEW.ends_on AND ends_on >= NEW.starts_on)
             OR (state = 'closed' AND starts_on > NEW.starts_on))) THEN
        PERFORM ledger_refuse('a_new_period_is_open_and_follows_the_closed_ones');
    END IF;
    RETURN NEW;
END $$

CREATE TRIGGER ledger_period_in_order BEFORE INSERT ON ledger_period
FOR EACH ROW EXECUTE FUNCTION ledger_period_insert_check()

CREATE FUNCTION ledger_period_change_check() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.state = 'closed' THEN
        PERFORM ledger_refuse('a_closed_period_stays_closed');
    END IF;
    IF (NEW.id, NEW.fund_id, NEW.starts_on, NEW.ends_on) <> (OLD.id, OLD.fund_id, OLD.starts_on, OLD.ends_on) THEN
        PERFORM ledger_refuse('a_period_keeps_its_days');
    END IF;
    RETURN NEW;
END $$

CREATE TRIGGER ledger_period_changes BEFORE UPDATE ON ledger_period
FOR EACH ROW EXECUTE FUNCTION ledger_period_change_check()

CREATE FUNCTION ledger_period_delete_check() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM ledger_refuse('a_period_is_never_deleted');
    RETURN NULL;
END $$

CREATE TRIGGER ledger_period_not_deleted BEFORE DELETE ON ledger_period
FOR EACH ROW EXECUTE FUNCTION ledger_period_delete_check()

CREATE TRIGGER ledger_period_not_truncated BEFORE TRUNCATE ON ledger_period
FOR EACH STATEMENT EXECUTE FUNCTION ledger_period_delete_check()
