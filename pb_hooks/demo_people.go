package pb_hooks

import (
	"database/sql"
	"errors"
	"fmt"
	"io"

	"github.com/pocketbase/pocketbase/core"

	"gongkai/pb_hooks/demo"
	"gongkai/pb_hooks/records"
)

// demoPassword opens every account of the demonstration. It is no secret.
const demoPassword = "Demo-2026-gongkai"

// demoEditors is how many schools have an account.
const demoEditors = 20

// storeDemoDistrict names the district, and stores its schools and people.
func storeDemoDistrict(tx core.App, plan demo.Plan) error {
	district, err := tx.FindRecordById(records.Districts, records.DistrictID)
	if err != nil {
		return err
	}
	district.Load(map[string]any{"code": demo.DistrictCode, "name": demo.DistrictName, "site_name": "示范区中小学信息公开与办事服务平台", "demo": true,
		"host": "示范区教育局（演示）", "operator": "示范区教育信息中心（演示）", "contact": demo.Phone, "address": "示范区演示大道 0 号（虚构）"})
	if err := tx.Save(district); err != nil {
		return err
	}
	hash := ""
	for i, s := range plan.Made() {
		id, err := storeDemoSchool(tx, s)
		if err != nil {
			return fmt.Errorf("%s：%w", s.Name, err)
		}
		if i >= demoEditors {
			continue
		}
		for _, post := range demoPosts {
			if i+1 == demoShortOfPeople && (post.word == "reviewer" || post.word == "secrecy") {
				continue
			}
			account := map[string]any{"email": post.email(i + 1), "name": fmt.Sprintf("演示%s%d", post.name, i+1), "school": id, "duties": post.duties, "verified": true}
			if err := storeDemoPerson(tx, records.Staff, account, &hash); err != nil {
				return err
			}
		}
	}
	for _, post := range demoBureau {
		account := map[string]any{"email": post.email(0), "name": "演示" + post.name, "duties": post.duties, "verified": true}
		if err := storeDemoPerson(tx, records.Staff, account, &hash); err != nil {
			return err
		}
	}
	return storeDemoPerson(tx, core.CollectionNameSuperusers, map[string]any{"email": demoSuperuser, "verified": true}, &hash)
}

const demoSuperuser = "it@demo.example"

// demoPost is a post that the demonstration fills.
type demoPost struct {
	word, name string
	duties     []string
}

// demoPosts are filled at each school with accounts, but for one that is short of
// people; demoBureau at the bureau.
var (
	demoPosts = []demoPost{{"editor", "编辑", []string{"editor"}}, {"reviewer", "审核", []string{"reviewer"}}, {"secrecy", "保密审查", []string{"secrecy_reviewer"}},
		{"principal", "校长", []string{"principal"}}, {"clerk", "专管员", []string{"clerk"}}, {"officer", "负责人", []string{"officer"}}, {"admin", "账号管理", []string{"admin"}}}
	demoBureau = []demoPost{{"supervisor", "区级监督员", []string{"supervisor"}}, {"bureau-reviewer", "区级审核", []string{"reviewer"}},
		{"bureau-secrecy", "区级保密审查", []string{"secrecy_reviewer"}}, {"bureau-admin", "区级账号管理", []string{"admin"}}, {"auditor", "审计", []string{"auditor"}}}
)

func (p demoPost) email(school int) string {
	if school == 0 {
		return p.word + "@demo.example"
	}
	return fmt.Sprintf("%s%d@demo.example", p.word, school)
}

func demoEmail(i int) string { return fmt.Sprintf("editor%d@demo.example", i+1) }

// isNew finds or begins the record with an id that follows from what it is.
func isNew(app core.App, collection, key string) (r *core.Record, fresh bool, err error) {
	id := idOf(collection, "demo "+key)
	r, err = app.FindRecordById(collection, id)
	if !errors.Is(err, sql.ErrNoRows) {
		return r, false, err
	}
	c, err := app.FindCachedCollectionByNameOrId(collection)
	if err != nil {
		return nil, false, err
	}
	r = core.NewRecord(c)
	r.Id = id
	return r, true, nil
}

func storeDemoSchool(tx core.App, s demo.School) (id string, err error) {
	r, fresh, err := isNew(tx, records.Schools, s.Code)
	if err != nil || !fresh {
		return idOf(records.Schools, "demo "+s.Code), err
	}
	made, err := schoolRecord(tx, s.School)
	if err != nil {
		return "", err
	}
	made.Id = r.Id
	return made.Id, tx.Save(made)
}

// storeDemoPerson stores an account. The password is hashed for the first one
// only: hashing is slow on purpose.
func storeDemoPerson(tx core.App, collection string, fields map[string]any, hash *string) error {
	r, fresh, err := isNew(tx, collection, fields["email"].(string))
	if err != nil || !fresh {
		return err
	}
	r.Load(fields)
	if *hash == "" {
		r.SetPassword(demoPassword)
		*hash = r.GetString("password:hash")
	} else {
		r.SetRaw("password", &core.PasswordFieldValue{Hash: *hash})
		r.RefreshTokenKey()
	}
	if err := tx.Save(r); err != nil {
		return fmt.Errorf("%s: %w", fields["email"], err)
	}
	return nil
}

// tellDemo prints where to look and how to sign in, once it is served at an address.
func tellDemo(app core.App, out io.Writer, plan demo.Plan, at string) error {
	editors := demoEmail(0)
	if n := min(plan.Schools, demoEditors); n > 1 {
		editors += " … " + demoEmail(n-1)
	}
	_, err := fmt.Fprintf(out, `
下一步：gongkai serve --dir %[1]s --http %[2]s
  公开网站    http://%[2]s/
  学校工作台  http://%[2]s/workbench/
  管理后台    http://%[2]s/_/

账号（@demo.example）
  信息编辑    %[3]s
  审核        审核 reviewer1、保密审查 secrecy1、校长 principal1、账号管理 admin1
  依申请公开  专管员 clerk1、负责人 officer1
  区教育局    supervisor、bureau-reviewer、bureau-secrecy、bureau-admin、auditor
  管理后台    %[4]s
  密码都是    %[5]s
请不要把演示数据库开放到公网。
`, app.DataDir(), at, editors, demoSuperuser, demoPassword)
	return err
}
