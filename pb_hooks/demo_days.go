package pb_hooks

import (
	"context"
	"fmt"
	"hash/fnv"
	"slices"

	"github.com/pocketbase/pocketbase/core"

	"gongkai/pb_hooks/compliance"
	"gongkai/pb_hooks/figures"
	"gongkai/pb_hooks/records"
	"gongkai/pb_hooks/workday"
)

// demoVacations are school vacations of the demonstration.
var demoVacations = [][3]string{
	{"2023 学年寒假", "2024-01-27", "2024-02-25"}, {"2023 学年暑假", "2024-07-01", "2024-08-31"},
	{"2024 学年寒假", "2025-01-18", "2025-02-16"}, {"2024 学年暑假", "2025-07-01", "2025-08-31"},
	{"2025 学年寒假", "2026-01-31", "2026-03-01"}, {"2025 学年暑假", "2026-07-01", "2026-08-31"},
	{"2026 学年寒假", "2027-01-23", "2027-02-21"}, {"2026 学年暑假", "2027-07-01", "2027-08-31"},
}

// demoDays makes up the snapshots of the days before the demonstration began: they
// end at what is really measured of yesterday, and lead there from worse. It is one
// transaction, and does nothing if there are snapshots.
func (p *platform) demoDays(ctx context.Context, days int) error {
	kept, err := p.app.CountRecords(records.DistrictDays)
	if err != nil || kept > 0 || days == 0 {
		return err
	}
	return p.app.RunInTransaction(func(tx core.App) error {
		c, err := tx.FindCollectionByNameOrId(records.Vacations)
		if err != nil {
			return err
		}
		for _, v := range demoVacations {
			r := core.NewRecord(c)
			r.Load(map[string]any{"name": v[0], "from": v[1], "until": v[2]})
			if err := tx.Save(r); err != nil {
				return err
			}
		}
		m, err := p.measure(ctx, tx, dayStart(p.today(), 0), "")
		if err != nil {
			return err
		}
		past := demoPast{m: m, days: days, last: m.day}
		for _, s := range m.schools {
			past.schools = append(past.schools, demoSchool{s, slices.Clone(s.compliance.Results)})
		}
		if err := past.write(tx); err != nil {
			return err
		}
		return p.demoObjections(tx)
	})
}

// demoPast writes days backwards from the last one.
type demoPast struct {
	m       *measuring
	days    int // how many
	last    workday.Date
	schools []demoSchool
}

type demoSchool struct {
	*measuredSchool
	now []compliance.Result
}

func (d *demoPast) write(tx core.App) error {
	weights := make([]int, d.days) // of a day, by how many days it is ago
	left := 0
	for ago := range weights {
		weights[ago] = d.weight(workday.Date(dayOf(dayStart(string(d.last), -ago))))
		left += weights[ago]
	}
	for ago := range d.days {
		if err := d.m.ctx.Err(); err != nil {
			return err
		}
		d.m.day = workday.Date(dayOf(dayStart(string(d.last), -ago)))
		made := dayStart(string(d.m.day), 1).UTC().Format(records.InstantLayout)
		sum := figures.Counts{}
		for n, s := range d.schools {
			if ago > 0 {
				s.compliance = compliance.Of(d.marks(s, ago))
				s.counts.Add(negative(s.counts, "columns_"))
				s.counts.Add(columnFigures(s.compliance))
				d.stocks(s, ago)
				d.judge(s, ago)
			}
			if endsMonth(d.m.day) {
				if err := issueCard(tx, s.ID, d.m.month(), d.m.day.Next(), d.m.weights, s.card); err != nil {
					return err
				}
			}
			sum.Add(s.counts)
			if err := keepSchoolDay(tx, fmt.Sprintf("s%04d%s%02d", n%10000, compact(d.m.day), n/10000), d.m, s.measuredSchool, made); err != nil {
				return err
			}
			d.stepBack(s, ago, weights[ago], left)
		}
		for n, s := range d.m.ended { // before the first of these days
			sum.Add(s.counts)
			if err := keepSchoolDay(tx, fmt.Sprintf("e%04d%s%02d", n%10000, compact(d.m.day), n/10000), d.m, s, made); err != nil {
				return err
			}
		}
		if err := keepDistrictDay(tx, "district"+compact(d.m.day)[1:], d.m, sum, made); err != nil {
			return err
		}
		left -= weights[ago]
	}
	return nil
}

// weight is how much is published on a day: nothing outside of school, much in the
// last days of a year.
func (d *demoPast) weight(day workday.Date) int {
	before := workday.Date(dayOf(dayStart(string(day), -1)))
	switch {
	case d.m.days.Workdays(before, day) == 0 || inVacation(day):
		return 0
	case day[5:] >= "12-22":
		return 6
	}
	return 2
}

func inVacation(day workday.Date) bool {
	return slices.ContainsFunc(demoVacations, func(v [3]string) bool { return v[1] <= string(day) && string(day) <= v[2] })
}

// marks are the columns of a school some days ago: every three weeks others fell
// behind, the longer ago the more.
func (d *demoPast) marks(s demoSchool, ago int) []compliance.Result {
	block := ago / 21
	results := slices.Clone(s.now)
	if block == 0 {
		return results
	}
	for i := range results {
		r := &results[i]
		if !r.Met() && uint64(block) <= 2+chance(s.Code, r.Column.Code)%9 { // what is behind has been so for a while
			continue
		}
		h := chance(s.Code, r.Column.Code, fmt.Sprint(block))
		r.Exists, r.Filled, r.Fresh, r.Enough = true, true, true, true
		if h%1000 >= uint64(20+180*ago/d.days) || !r.Column.Kind.IsWritten() {
			continue
		}
		switch h / 1000 % 6 {
		case 0:
			r.Filled, r.Fresh, r.Enough = false, false, false
		case 1, 2:
			r.Enough = false
		default:
			r.Fresh = false
		}
	}
	return results
}

// demoTotals are what grows day by day: part of what, and of a hundred how many
// were not in it three years ago.
var demoTotals = []struct {
	name, of string
	missed   int
}{
	{"items_published", "", 0}, {"items_timed", "items_published", 5}, {"items_on_time", "items_timed", 30},
	{"requests_received", "", 0}, {"requests_answered", "requests_received", 10}, {"requests_on_time", "requests_answered", 20},
	{"letters_received", "", 0}, {"letters_answered", "letters_received", 10}, {"letters_on_time", "letters_answered", 25},
	{"ratings", "letters_answered", 50}, {"ratings_satisfied", "ratings", 30},
	{"orders_received", "", 0}, {"orders_closed", "orders_received", 5}, {"orders_on_time", "orders_closed", 20},
	{"visits_probed", "", 0}, {"visits_failed", "visits_probed", 99},
}

// stepBack takes from the totals what came on the day: never below zero, and no
// part becomes greater than what it is a part of.
func (d *demoPast) stepBack(s demoSchool, ago, weight, left int) {
	took := map[string]int{}
	for _, t := range demoTotals {
		have, take := s.counts[t.name], 0
		if t.of == "" {
			if left > 0 {
				scaled := have * weight * 1000 / left
				take = scaled/1000 + bit(chance(s.Code, t.name, fmt.Sprint(ago))%1000 < uint64(scaled%1000))
			}
		} else {
			for i := range took[t.of] {
				take += bit(chance(s.Code, t.name, fmt.Sprint(ago, i))%100 >= uint64(t.missed*ago/d.days))
			}
			take = max(take, have-s.counts[t.of]) // what it is a part of is already smaller
		}
		take = min(take, have)
		took[t.name] = take
		s.counts[t.name] = have - take
	}
}

// stocks are states of a day that follow from its totals, and small ones that do not.
func (d *demoPast) stocks(s demoSchool, ago int) {
	small := func(name string, most int) int { return int(chance(s.Code, name, fmt.Sprint(ago/5)) % uint64(most+1)) }
	early := 1 + 3*ago/d.days
	c := s.counts
	c["items_public"] = max(0, c["items_published"]-c["items_published"]/25)
	for _, of := range []struct{ kind, closed string }{{"requests", "answered"}, {"letters", "answered"}, {"orders", "closed"}} {
		open := min(c[of.kind+"_received"]-c[of.kind+"_"+of.closed], 2*early)
		c[of.kind+"_open"], c[of.kind+"_overdue"] = open, min(open, small(of.kind, early)/3)
	}
	for name, most := range map[string]int{"waiting_editor": 2, "waiting_reviewer": early, "waiting_secrecy": early, "waiting_principal": 1, "waiting_overdue": early - 1,
		"links_broken": 2 * early, "attachments_broken": early - 1, "links_foreign": early} {
		c[name] = small(name, most)
	}
}

// negative takes figures of one kind away.
func negative(c figures.Counts, prefix string) figures.Counts {
	out := figures.Counts{}
	for name, n := range c {
		if len(name) > len(prefix) && name[:len(prefix)] == prefix {
			out[name] = -n
		}
	}
	return out
}

func bit(holds bool) int {
	if holds {
		return 1
	}
	return 0
}

// chance is a number that is always the same for the same words.
func chance(words ...string) uint64 {
	h := fnv.New64a()
	for _, w := range words {
		_, _ = h.Write([]byte(w)) // never fails
		_, _ = h.Write([]byte{0})
	}
	return h.Sum64() >> 8
}

// compact is a date in eight digits.
func compact(day workday.Date) string { return string(day[:4] + day[5:7] + day[8:]) }
