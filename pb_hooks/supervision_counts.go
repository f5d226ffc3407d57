package pb_hooks

import (
	"slices"
	"strconv"
	"strings"

	"gongkai/pb_hooks/figures"
	"gongkai/pb_hooks/inquiry"
)

// requests counts the applications of every school.
func (m *measuring) requests() error {
	return m.count("SELECT school, count(*) AS requests_received,"+
		" sum(closed != '' AND closed <= {:day}) AS requests_answered,"+
		" sum(closed != '' AND closed <= {:day} AND late = FALSE) AS requests_on_time,"+
		" sum(closed = '' OR closed > {:day}) AS requests_open,"+
		" sum((closed = '' OR closed > {:day}) AND clock = 'running' AND due != '' AND due < {:today}) AS requests_overdue"+
		" FROM foi_requests WHERE received != '' AND received <= {:day} AND state != 'void' AND {only} GROUP BY school", "school")
}

// letters counts the letters of every school: what it has in hand, not what was
// first sent to it.
func (m *measuring) letters() error {
	satisfied := slices.DeleteFunc(inquiry.AllRatings(), inquiry.Rating.IsLow)
	return m.count("SELECT unit AS school, count(*) AS letters_received,"+
		" sum(answered != '' AND answered <= {:day}) AS letters_answered,"+
		" sum(answered != '' AND answered <= {:day} AND late = FALSE) AS letters_on_time,"+
		" sum(open) AS letters_open, sum(open AND clock = 'running' AND due != '' AND due < {:today}) AS letters_overdue,"+
		" sum(answered != '' AND answered <= {:day} AND rating > 0) AS ratings,"+
		" sum(answered != '' AND answered <= {:day} AND rating IN ("+listed(satisfied)+")) AS ratings_satisfied"+
		" FROM (SELECT *, state = 'redoing' OR (answered = '' OR answered > {:day}) AND (closed = '' OR closed > {:day}) AS open FROM inquiries"+
		" WHERE submitted != '' AND submitted <= {:day} AND state NOT IN ('draft', 'held') AND channel != 'appeal' AND {only}) GROUP BY unit", "unit")
}

// listed are ratings as SQL lists them.
func listed(ratings []inquiry.Rating) string {
	var list []string
	for _, r := range ratings {
		list = append(list, strconv.Itoa(int(r)))
	}
	return strings.Join(list, ", ")
}

// work counts what waits for whom. It knows only the state of the moment, also
// when a missed night is caught up.
func (m *measuring) work() error {
	return m.count("SELECT school, sum(stage = 'returned') AS waiting_editor, sum(stage = 'reviewing') AS waiting_reviewer,"+
		" sum(stage = 'secrecy_reviewing') AS waiting_secrecy, sum(stage = 'second_reviewing') AS waiting_principal,"+
		" sum(stage != 'returned' AND stage_due != '' AND stage_due < {:today}) AS waiting_overdue"+
		" FROM articles WHERE stage != 'drafting' AND stage IN ('returned', 'reviewing', 'secrecy_reviewing', 'second_reviewing') AND {only} GROUP BY school", "school")
}

// count adds the figures of a query, one row a school: its columns bear their names.
func (m *measuring) count(sql, school string) error {
	rows, err := m.query(sql, school).Rows()
	if err != nil {
		return err
	}
	defer rows.Close()
	names, err := rows.Columns()
	if err != nil {
		return err
	}
	var code string
	values := make([]int, len(names))
	into := []any{&code}
	for i := range values[1:] {
		into = append(into, &values[i+1])
	}
	for m.next(rows) {
		if err := rows.Scan(into...); err != nil {
			return err
		}
		if s, ok := m.byID[code]; ok {
			for i, name := range names[1:] {
				s.counts.Add(figures.Counts{name: values[i+1]})
			}
		}
	}
	return rows.Err()
}

// orders counts the orders of the bureau that every school received.
func (m *measuring) orders() error {
	return m.count("SELECT school, count(*) AS orders_received, sum(closed != '' AND closed <= {:day}) AS orders_closed,"+
		" sum(closed != '' AND closed <= {:day} AND on_time) AS orders_on_time, sum(open) AS orders_open,"+
		" sum(open AND clock = 'running' AND due < {:today}) AS orders_overdue"+
		" FROM (SELECT *, (closed = '' OR closed > {:day}) AND (withdrawn = '' OR withdrawn > {:day}) AS open FROM order_parts"+
		" WHERE issued != '' AND issued <= {:day} AND {only}) GROUP BY school", "school")
}
