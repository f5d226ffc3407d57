package pb_hooks

import (
	"encoding/json"
	"strings"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"gongkai/pb_hooks/publication"
	"gongkai/pb_hooks/records"
	"gongkai/pb_hooks/registry"
	"gongkai/pb_hooks/silence"
	"gongkai/pb_hooks/workday"
)

// dayFrom is the district's day of an instant as records hold it, in SQL.
func dayFrom(column string) string { return "date(" + column + ", '+8 hours')" }

// silencesSeen is what is seen of every open school, by id: each question is asked
// once for the whole district.
func (p *platform) silencesSeen(app core.App) (map[string]*silence.School, error) {
	seen := map[string]*silence.School{}
	var schools []struct {
		ID    string       `db:"id"`
		Since workday.Date `db:"since"`
	}
	err := app.DB().Select("id", "max("+dayFrom("created")+", opened_on) AS since").From(records.Schools).Where(dbx.HashExp{"status": string(registry.Open)}).All(&schools)
	if err != nil {
		return nil, err
	}
	for _, s := range schools {
		seen[s.ID] = &silence.School{SignedIn: s.Since, Published: s.Since}
	}
	if err := seePeople(app, seen); err != nil {
		return nil, err
	}
	unopened := func(steps, of, here string) string {
		return " AND NOT EXISTS (SELECT 1 FROM " + steps + " s JOIN staff p ON p.id = s.by WHERE s." + of + " = c.id AND p.school = c." + here + ")"
	}
	for _, q := range []struct {
		sql string
		see func(s *silence.School, day workday.Date)
	}{
		{"SELECT school, " + dayFrom("max(published_at)") + " AS day FROM articles WHERE published_at != '' GROUP BY school", func(s *silence.School, day workday.Date) { s.Published = max(s.Published, day) }},
		{"SELECT school, " + dayFrom("stage_since") + " AS day FROM articles WHERE stage != 'drafting' AND stage IN ('reviewing', 'second_reviewing', 'secrecy_reviewing') AND at_bureau = FALSE AND claimed_by = ''",
			func(s *silence.School, day workday.Date) { s.Reviews = append(s.Reviews, day) }},
		{"SELECT school, submitted AS day FROM foi_requests c WHERE closed = '' AND submitted != '' AND state IN (" + quoted(openStates) + ")" + unopened("foi_steps", "request", "school"),
			func(s *silence.School, day workday.Date) { s.Requests = append(s.Requests, day) }},
		{"SELECT unit AS school, submitted AS day FROM inquiries c WHERE closed = '' AND answered = '' AND submitted != '' AND state IN ('submitted', 'held', 'accepted', 'handling')" +
			unopened("inquiry_steps", "inquiry", "unit"), func(s *silence.School, day workday.Date) { s.Letters = append(s.Letters, day) }},
	} {
		var rows []struct {
			School string       `db:"school"`
			Day    workday.Date `db:"day"`
		}
		if err := app.DB().NewQuery(q.sql).All(&rows); err != nil {
			return nil, err
		}
		for _, row := range rows {
			if s := seen[row.School]; s != nil {
				q.see(s, row.Day)
			}
		}
	}
	return seen, nil
}

func quoted(words []any) string {
	var list []string
	for _, w := range words {
		list = append(list, "'"+w.(string)+"'")
	}
	return strings.Join(list, ", ")
}

// seePeople sees who works at the schools and what became of the last mail to each.
func seePeople(app core.App, seen map[string]*silence.School) error {
	var rows []struct {
		School   string       `db:"school"`
		Name     string       `db:"name"`
		Fills    string       `db:"acts_as"`
		Made     workday.Date `db:"made"`
		SignedIn workday.Date `db:"signed_in_on"`
		Verified bool         `db:"verified"`
		Left     bool         `db:"left_school"`
		Invited  string       `db:"invited"`
		Bounced  string       `db:"bounced"`
	}
	err := app.DB().NewQuery("SELECT s.school, s.name, s.acts_as, " + dayFrom("s.created") + " AS made, s.signed_in_on, s.verified, s.deactivated_at != '' AS left_school," +
		" CASE WHEN s.invited_at = '' THEN '' ELSE " + dayFrom("s.invited_at") + " END AS invited," +
		" coalesce((SELECT CASE WHEN m.state = 'failed' THEN " + dayFrom("m.at") + " ELSE '' END FROM mails m WHERE m.staff = s.id AND m.state IN ('sent', 'failed')" +
		" ORDER BY m.at DESC LIMIT 1), '') AS bounced FROM staff s WHERE s.school != '' ORDER BY s.name").All(&rows)
	if err != nil {
		return err
	}
	for _, row := range rows {
		school := seen[row.School]
		if school == nil {
			continue
		}
		school.SignedIn = max(school.SignedIn, row.SignedIn)
		if row.Left {
			continue
		}
		person := silence.Person{Name: row.Name, SignedIn: max(row.Made, row.SignedIn), Bounced: workday.Date(row.Bounced)}
		if !row.Verified { // an invitation that did not even go out counts from the account
			if person.Invited = workday.Date(row.Invited); person.Invited == "" {
				person.Invited = row.Made
			}
		}
		var fills []publication.Duty
		if err := json.Unmarshal([]byte(row.Fills), &fills); err != nil {
			return err
		}
		person.Fills = fills
		school.People = append(school.People, person)
	}
	return nil
}
