-- The rules of the books, for SQLite. One statement per block; blocks are parted by an empty line.
-- rules_postgresql.sql says the same. Only tables of the ledger are named here: SQLite refuses to rebuild a table
-- that a trigger elsewhere reads.

CREATE TRIGGER ledger_posting_whole_number BEFORE INSERT ON ledger_posting
WHEN typeof(NEW.amount_minor) <> 'integer'
BEGIN SELECT RAISE(ABORT, 'an_amount_is_a_whole_number'); END

CREATE TRIGGER ledger_posting_currency BEFORE INSERT ON ledger_posting
WHEN length(NEW.currency) <> 3
BEGIN SELECT RAISE(ABORT, 'a_currency_has_three_letters'); END

CREATE TRIGGER ledger_posting_not_late BEFORE INSERT ON ledger_posting
WHEN EXISTS (SELECT 1 FROM ledger_journal WHERE id = NEW.journal_id)
BEGIN SELECT RAISE(ABORT, 'a_journal_takes_no_late_posting'); END

CREATE TRIGGER ledger_posting_not_replaced BEFORE INSERT ON ledger_posting
WHEN EXISTS (SELECT 1 FROM ledger_posting WHERE id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'a_posting_is_never_replaced'); END

CREATE TRIGGER ledger_posting_purpose BEFORE INSERT ON ledger_posting
WHEN EXISTS (SELECT 1 FROM ledger_account WHERE id = NEW.account_id AND by_purpose <> (NEW.purpose_id IS NOT NULL))
BEGIN SELECT RAISE(ABORT, 'a_purpose_stands_where_the_chart_says'); END

CREATE TRIGGER ledger_journal_not_replaced BEFORE INSERT ON ledger_journal
WHEN EXISTS (
    SELECT 1 FROM ledger_journal
    WHERE id = NEW.id OR reverses_id = NEW.reverses_id
       OR (fund_id = NEW.fund_id AND source_kind = NEW.source_kind AND source_id = NEW.source_id))
BEGIN SELECT RAISE(ABORT, 'a_fact_is_booked_once'); END

CREATE TRIGGER ledger_journal_two_lines AFTER INSERT ON ledger_journal
WHEN (SELECT COUNT(*) FROM ledger_posting WHERE journal_id = NEW.id) < 2
BEGIN SELECT RAISE(ABORT, 'a_journal_has_two_lines'); END

CREATE TRIGGER ledger_journal_zero_sum AFTER INSERT ON ledger_journal
WHEN EXISTS (
    SELECT 1 FROM ledger_posting WHERE journal_id = NEW.id GROUP BY currency HAVING SUM(amount_minor) <> 0)
BEGIN SELECT RAISE(ABORT, 'a_journal_sums_to_zero'); END

CREATE TRIGGER ledger_journal_one_fund AFTER INSERT ON ledger_journal
WHEN EXISTS (SELECT 1 FROM ledger_period WHERE id = NEW.period_id AND fund_id <> NEW.fund_id)
  OR EXISTS (
    SELECT 1 FROM ledger_posting JOIN ledger_account ON ledger_account.id = ledger_posting.account_id
    WHERE ledger_posting.journal_id = NEW.id AND ledger_account.fund_id <> NEW.fund_id)
BEGIN SELECT RAISE(ABORT, 'a_journal_stays_in_its_fund'); END

CREATE TRIGGER ledger_journal_open_period AFTER INSERT ON ledger_journal
WHEN EXISTS (SELECT 1 FROM ledger_period WHERE id = NEW.period_id AND state <> 'open')
BEGIN SELECT RAISE(ABORT, 'a_closed_period_takes_no_journal'); END

CREATE TRIGGER ledger_journal_not_before_its_day AFTER INSERT ON ledger_journal
WHEN EXISTS (SELECT 1 FROM ledger_period WHERE id = NEW.period_id AND ends_on < NEW.business_on)
BEGIN SELECT RAISE(ABORT, 'a_journal_is_not_booked_before_its_day'); END

CREATE TRIGGER ledger_journal_whole_reversal AFTER INSERT ON ledger_journal
WHEN NEW.reverses_id IS NOT NULL AND (
    EXISTS (
        SELECT 1 FROM ledger_journal
        WHERE id = NEW.reverses_id AND (reverses_id IS NOT NULL OR fund_id <> NEW.fund_id))
    OR EXISTS (
        SELECT 1 FROM ledger_posting WHERE journal_id IN (NEW.id, NEW.reverses_id)
        GROUP BY account_id, party, purpose_id, currency HAVING SUM(amount_minor) <> 0))
BEGIN SELECT RAISE(ABORT, 'a_reversal_undoes_one_whole_journal'); END

CREATE TRIGGER ledger_period_in_order BEFORE INSERT ON ledger_period
WHEN NEW.state <> 'open' OR EXISTS (
    SELECT 1 FROM ledger_period WHERE fund_id = NEW.fund_id
    AND ((starts_on <= NEW.ends_on AND ends_on >= NEW.starts_on) OR (state = 'closed' AND starts_on > NEW.starts_on)))
BEGIN SELECT RAISE(ABORT, 'a_new_period_is_open_and_follows_the_closed_ones'); END

CREATE TRIGGER ledger_period_closed_for_good BEFORE UPDATE ON ledger_period
WHEN OLD.state = 'closed'
BEGIN SELECT RAISE(ABORT, 'a_closed_period_stays_closed'); END

CREATE TRIGGER ledger_period_keeps_its_days BEFORE UPDATE ON ledger_period
WHEN NEW.id <> OLD.id OR NEW.fund_id <> OLD.fund_id OR NEW.starts_on <> OLD.starts_on OR NEW.ends_on <> OLD.ends_on
BEGIN SELECT RAISE(ABORT, 'a_period_keeps_its_days'); END

CREATE TRIGGER ledger_period_not_deleted BEFORE DELETE ON ledger_period
BEGIN SELECT RAISE(ABORT, 'a_period_is_never_deleted'); END
