package pb_hooks_test

import (
	"testing"
)

// threeYears fills the tables with the snapshots of a district: 168 schools of
// several stages, 1,096 days that end with the day before now.
func (s *server) threeYears() {
	s.t.Helper()
	for _, sql := range []string{
		"INSERT INTO schools (id, code, name, short_name, stages, ownership, status) WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 166)" +
			" SELECT printf('many%011d', i), printf('88888%05d', i), '学校' || i, '学校' || i, CASE i % 3 WHEN 0 THEN '[\"小学\"]' WHEN 1 THEN '[\"初中\"]' ELSE '[\"幼儿园\"]' END, '公办', 'open' FROM n",
		"INSERT INTO school_days (id, school, day, standard, columns, figures, score, vetoes, lines, made_at) WITH RECURSIVE d(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM d WHERE i < 1095)," +
			" c(i, text) AS (SELECT 0, '' UNION ALL SELECT i + 1, text || printf('A%02d%02d=2%x ', 1 + i / 8, 1 + i % 8, 15 - i % 2) FROM c WHERE i < 60)" +
			" SELECT printf('d%04d', d.i) || substr(s.id, 6), s.id, date('2026-11-22', (d.i - 1095) || ' days'), '2026', (SELECT text FROM c WHERE i = 60)," +
			" json_object('columns_mandatory', 55, 'columns_exist', 55, 'columns_filled', 52, 'columns_fresh', 50, 'columns_enough', 49, 'columns_met', 45 + d.i % 10, 'items_public', d.i, 'items_published', d.i * 2," +
			" 'items_timed', d.i, 'items_on_time', d.i * 9 / 10, 'requests_received', d.i / 20, 'requests_answered', d.i / 21, 'requests_on_time', d.i / 22, 'requests_open', 2, 'requests_overdue', d.i % 2," +
			" 'letters_received', d.i / 3, 'letters_answered', d.i / 4, 'letters_on_time', d.i / 5, 'letters_open', 4, 'letters_overdue', 1, 'ratings', d.i / 9, 'ratings_satisfied', d.i / 10," +
			" 'orders_received', d.i / 50, 'orders_closed', d.i / 60, 'orders_on_time', d.i / 70, 'orders_open', 1, 'orders_overdue', 0, 'visits_probed', d.i * 24, 'visits_failed', d.i / 9," +
			" 'links_broken', 3, 'attachments_broken', 0, 'links_foreign', 0, 'waiting_editor', 1, 'waiting_reviewer', 2, 'waiting_secrecy', 0, 'waiting_principal', 1, 'waiting_overdue', 0)," +
			" 900, '', '[{\"code\":\"D1\",\"points\":10,\"count\":1},{\"code\":\"D3\",\"points\":40,\"count\":2}]', '2026-11-22 16:00:00.000Z' FROM d, schools s",
		"INSERT INTO district_days (id, day, standard, schools, figures, made_at) SELECT substr('d' || replace(day, '-', '') || '000000', 1, 15), day, '2026', 168, figures, made_at FROM school_days WHERE school = 'many00000000001'",
	} {
		if _, err := s.app.NonconcurrentDB().NewQuery(sql).Execute(); err != nil {
			s.t.Fatal(err)
		}
	}
}

// BenchmarkDashboards asks for each dashboard over three years of snapshots of 168
// schools, and reports the 95th percentile in milliseconds.
func BenchmarkDashboards(b *testing.B) {
	s := serve(b)
	s.threeYears()
	s.benchPages(b, "/api/app/supervision/", map[string]string{
		"overview":               "overview?as=bureau",
		"overview of a stage":    "overview?stage=%E5%B0%8F%E5%AD%A6&as=bureau",
		"heat":                   "heat?as=bureau",
		"trend by month":         "trend?from=2023-11-24&to=2026-11-22&as=bureau",
		"trend by week":          "trend?every=week&from=2023-11-24&to=2026-11-22&as=bureau",
		"trend by day":           "trend?every=day&as=bureau",
		"trend by day, a school": "trend?every=day&school=8888800007&as=bureau",
		"floods":                 "floods?as=bureau",
		"floods of a school":     "floods?school=8888800007&as=bureau",
		"a school":               "schools/8888800007?as=bureau",
	})
}
