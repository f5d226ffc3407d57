package pb_hooks

import (
	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"gongkai/pb_hooks/records"
)

// visits counts the visits that the platform paid itself, since the beginning.
func (m *measuring) visits() error {
	return m.count("SELECT school, sum(visits) AS visits_probed, sum(failed) AS visits_failed FROM probe_days WHERE day <= {:day} AND {only} GROUP BY school", "school")
}

// links counts what is wrong with links. What was repaired since is not known of
// an older day.
func (m *measuring) links() error {
	return m.count("SELECT school, sum(state = 'broken' AND kind != 'file') AS links_broken, sum(state = 'broken' AND kind = 'file') AS attachments_broken,"+
		" sum(state = 'foreign' AND kind != 'wechat') AS links_foreign FROM probe_links"+
		" WHERE state IN ('broken', 'foreign') AND coalesce(nullif(broken_since, ''), found_at) <= {:at} AND {only} GROUP BY school", "school")
}

// visitSum is what came of the visits to a school. It was out of reach where a
// twentieth failed (V2), and slow where more than a twentieth took over six
// seconds: then the 95th percentile did (D18).
type visitSum struct {
	School string `db:"school"`
	Visits int    `db:"visits"`
	Failed int    `db:"failed"`
	Slow   int    `db:"slow"`
	Hours  int    `db:"hours"` // with visits: less than 24 a day where the server was down
}

// visitsBetween sums the visits of some days, both included, by school.
func visitsBetween(app core.App, from, until string) (map[string]visitSum, error) {
	var rows []visitSum
	err := app.DB().NewQuery("SELECT school, sum(visits) AS visits, sum(failed) AS failed, sum(slow) AS slow, sum(hours) AS hours" +
		" FROM probe_days WHERE day BETWEEN {:from} AND {:until} GROUP BY school").Bind(dbx.Params{"from": from, "until": until}).All(&rows)
	sums := make(map[string]visitSum, len(rows))
	for _, row := range rows {
		sums[row.School] = row
	}
	return sums, err
}

// linkSum is what is wrong with the links of a school now.
type linkSum struct {
	School      string `db:"school"`
	HomeBroken  int    `db:"home_broken"`  // on the school's home page, inside the site
	Broken      int    `db:"broken"`       // elsewhere
	FilesBroken int    `db:"files_broken"` // attachments that cannot be downloaded
	Foreign     int    `db:"foreigners"`   // to an intranet, a script, a disk
	WeChat      int    `db:"wechat"`       // articles that are nothing but a link to WeChat
}

// linksNow counts what is wrong with links, by school.
func linksNow(app core.App) (map[string]linkSum, error) {
	var rows []linkSum
	err := app.DB().NewQuery("SELECT school, sum(state = 'broken' AND place = 'home') AS home_broken," +
		" sum(state = 'broken' AND place NOT IN ('home', 'file')) AS broken, sum(state = 'broken' AND place = 'file') AS files_broken," +
		" sum(state = 'foreign' AND kind != 'wechat') AS foreigners, sum(kind = 'wechat') AS wechat" +
		" FROM probe_links WHERE state IN ('broken', 'foreign') GROUP BY school").All(&rows)
	sums := make(map[string]linkSum, len(rows))
	for _, row := range rows {
		sums[row.School] = row
	}
	return sums, err
}

// troubledLinks are the links behind these figures, of one school or ("") of all,
// the gravest first.
func troubledLinks(app core.App, school string) (list []*core.Record, err error) {
	query := app.RecordQuery(records.ProbeLinks).AndWhere(dbx.In("state", "broken", "foreign"))
	if school != "" {
		query.AndWhere(dbx.HashExp{"school": school})
	}
	err = query.OrderBy("school", "(place != 'home')", "(place != 'file')", "found_at DESC", "id").All(&list)
	return list, err
}
