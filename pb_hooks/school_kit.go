package pb_hooks

import (
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"gongkai/pb_hooks/publication"
	"gongkai/pb_hooks/records"
	"gongkai/pb_hooks/registry"
	"gongkai/pb_hooks/standard"
)

// schoolKit is what was laid out for a new school (开办准备): its first texts as
// drafts. The site and the columns follow from its row and the standard.
type schoolKit struct {
	On       string   `json:"on"` // day
	By       string   `json:"by"` // name
	Made     bool     `json:"made"`
	Was      string   `json:"was"`      // status before
	Articles []string `json:"articles"` // drafts
}

func kitOf(school *core.Record) (*schoolKit, error) {
	if raw := school.GetString("kit"); raw == "" || raw == "null" {
		return nil, nil
	}
	kit := &schoolKit{}
	return kit, school.UnmarshalJSONField("kit", kit)
}

// layKit drafts the first texts of a school with the facts that are known of it. A
// fact that is not known stays empty: without it the text cannot be submitted.
func (p *platform) layKit(tx core.App, by actor, school *core.Record, made bool, was string) error {
	kit := schoolKit{On: p.today(), By: by.Name, Made: made, Was: was}
	d, err := p.directory()
	if err != nil {
		return err
	}
	s := records.SchoolOf(school)
	for _, text := range firstTexts(d, s) {
		column, ok := d.Node(text.column)
		if !ok || !slices.ContainsFunc(standard.For(d.Nodes, s.Traits()), func(c standard.Column) bool { return c.Code == text.column }) {
			continue
		}
		id, err := p.draftFirstText(tx, s, column, text.facts)
		if err != nil {
			return fmt.Errorf("draft %s of %s: %w", text.column, s.Name, err)
		}
		if id != "" {
			kit.Articles = append(kit.Articles, id)
		}
	}
	school, err = storedSchool(tx, school.Id) // as it was saved in this transaction
	if err != nil {
		return err
	}
	school.Set("kit", kit)
	return tx.Save(school)
}

// firstText is a text that every school begins with: the named fields of its
// column of which something is known.
type firstText struct {
	column string
	facts  map[string]string
}

func firstTexts(d *records.Directory, s *records.School) []firstText {
	var groups []string
	for _, c := range d.Nodes {
		if !c.Leaf && c.Parent != "" && strings.HasPrefix(c.Code, "A") {
			groups = append(groups, c.Name)
		}
	}
	site := d.District.BaseURL + "/s/" + s.Code
	return []firstText{
		{disclosureGuide, map[string]string{"信息分类说明": "按全区统一的栏目设置标准分为：" + strings.Join(groups, "、"),
			"获取方式": "主动公开的信息在 " + site + " 查阅；其他信息可以在 " + site + "/apply 申请公开", "办公地址": s.Address, "联系电话": s.Phone}},
		{"A0106", map[string]string{"意见箱入口": site + "/mailbox", "申诉受理单位": d.District.Bureau}},
		{"A0201", map[string]string{"办学性质": s.Ownership, "办学地点": s.Address}},
	}
}

// draftFirstText makes a draft without an author: who submits it there is. A school
// that has something in the column already keeps it.
func (p *platform) draftFirstText(tx core.App, s *records.School, column standard.Column, known map[string]string) (string, error) {
	there, err := tx.CountRecords(records.Articles, dbx.HashExp{"school": s.ID, "column": column.Code})
	if err != nil || there > 0 {
		return "", err
	}
	article, err := blank(tx, records.Articles)
	if err != nil {
		return "", err
	}
	title := s.Name + column.Name
	article.Load(map[string]any{"school": s.ID, "column": column.Code, "title": clip(title, 200), "state": string(publication.Draft), "stage": string(publication.Drafting)})
	if err := tx.Save(article); err != nil {
		return "", err
	}
	version, err := firstVersion(tx, article)
	if err != nil {
		return "", err
	}
	facts := map[string]string{}
	for _, name := range column.RequiredFields {
		facts[name] = known[name]
	}
	version.Load(map[string]any{"title": clip(title, 200), "facts": []map[string]string{facts}, "created_on": p.today()})
	return article.Id, tx.Save(version)
}

// undoOpening takes a kit back until the school has published something: drafts
// that nobody submitted go, and the row itself if it was made for this and nothing
// hangs on it; otherwise the school is again what it was.
func (p *platform) undoOpening(tx core.App, by actor, id string) error {
	school, err := storedSchool(tx, id)
	if err != nil {
		return err
	}
	if hasEnded(school.GetString("status")) {
		return refused("school", "school_has_ended", "这所学校已经合并或撤销，不能撤回开办；可以恢复办学")
	}
	kit, err := kitOf(school)
	if err != nil {
		return err
	}
	if kit == nil {
		return refused("school", "kit_none", "这所学校没有可以撤回的开办准备")
	}
	if err := refuseUndo(tx, id); err != nil {
		return err
	}
	for _, article := range kit.Articles {
		if err := dropUntouched(tx, article); err != nil {
			return err
		}
	}
	if err := p.audit(tx, by, deed{Action: "undo_opening", Collection: records.Schools, Record: id, Detail: map[string]any{"code": school.GetString("code"), "name": school.GetString("name")}}); err != nil {
		return err
	}
	if free, err := hangsNothing(tx, id); err != nil || kit.Made && free {
		if err != nil {
			return err
		}
		return tx.Delete(school)
	}
	school.Load(map[string]any{"kit": nil, "status": registry.Planned})
	return tx.Save(school)
}

// refuseUndo says why an opening can no longer be taken back.
func refuseUndo(app core.App, school string) error {
	for _, q := range []struct {
		collection string
		where      dbx.Expression
		sentence   string
	}{
		{records.Articles, dbx.NewExp("school = {:school} AND first_published_at != ''", dbx.Params{"school": school}), "学校已经公开过信息，不能再撤回开办；需要停办的请办理撤销"},
		{records.FOIRequests, dbx.HashExp{"school": school}, "学校已经收到信息公开申请，不能再撤回开办"},
		{records.Inquiries, dbx.HashExp{"unit": school}, "学校已经收到来信，不能再撤回开办"},
	} {
		n, err := app.CountRecords(q.collection, q.where)
		if err != nil {
			return err
		}
		if n > 0 {
			return refused("school", "opening_is_used", q.sentence)
		}
	}
	return nil
}

// dropUntouched deletes a draft that nobody has submitted.
func dropUntouched(tx core.App, id string) error {
	article, err := tx.FindRecordById(records.Articles, id)
	if errors.Is(err, sql.ErrNoRows) {
		return nil
	}
	if err != nil {
		return err
	}
	steps, err := tx.CountRecords(records.Steps, dbx.HashExp{"article": id})
	if err != nil || steps > 0 {
		return err
	}
	return tx.Delete(article)
}

// hangsNothing reports whether no other record names the school.
func hangsNothing(app core.App, school string) (bool, error) {
	collections, err := app.FindAllCollections()
	if err != nil {
		return false, err
	}
	for _, c := range collections {
		for _, f := range c.Fields {
			relation, ok := f.(*core.RelationField)
			if !ok || c.IsView() || relation.CollectionId != schoolsID(app) {
				continue
			}
			n, err := app.CountRecords(c, dbx.NewExp("instr([["+f.GetName()+"]], {:school}) > 0", dbx.Params{"school": school}))
			if err != nil || n > 0 {
				return false, err
			}
		}
	}
	return true, nil
}

func schoolsID(app core.App) string {
	c, err := app.FindCachedCollectionByNameOrId(records.Schools)
	if err != nil {
		return records.Schools
	}
	return c.Id
}

// KitItem is one line of the checklist of a new school.
type KitItem struct {
	Name   string `json:"name"`
	Done   bool   `json:"done"`
	Detail string `json:"detail"` // what is there, or still missing
	Link   string `json:"link"`   // its page in the workbench; "" has none
}

// kitItems is the checklist of the first week, computed from what is there.
func (p *platform) kitItems(app core.App, d *records.Directory, s *records.School) ([]KitItem, error) {
	vacant, err := p.vacantDuties(app, s.ID)
	if err != nil {
		return nil, err
	}
	var missing []string
	for name, value := range map[string]string{"address": s.Address, "phone": s.Phone, "postcode": s.Postcode, "principal": s.Principal, "credit_code": s.CreditCode} {
		if value == "" {
			missing = append(missing, registry.Label(name))
		}
	}
	slices.Sort(missing)
	var responsible, published int
	for into, sql := range map[*int]string{
		&responsible: "SELECT count(DISTINCT role) FROM responsible_people WHERE school = {:school} AND state = 'confirmed'",
		&published:   "SELECT count(*) FROM articles WHERE school = {:school} AND state = 'published'"} {
		if err := app.DB().NewQuery(sql).Bind(dbx.Params{"school": s.ID}).Row(into); err != nil {
			return nil, err
		}
	}
	guide, err := app.CountRecords(records.Articles, dbx.HashExp{"school": s.ID, "column": disclosureGuide, "state": "published"})
	if err != nil {
		return nil, err
	}
	admin := !slices.Contains(vacant, publication.Admin.Name())
	return []KitItem{
		{"网站和栏目", true, fmt.Sprintf("地址 /s/%s，按现行标准有 %d 个栏目", s.Code, len(s.Columns)), ""},
		{"邀请账号管理员", admin, "由区级管理员邀请，之后由本校管理账号", "/staff"},
		{"配齐各项职责", len(vacant) == 0, orAll("还缺：", vacant), "/staff"},
		{"补齐学校资料", len(missing) == 0, orAll("还缺：", missing), schoolsPage + "/" + s.Code},
		{"确认信息公开责任人", responsible > 0, fmt.Sprintf("已确认 %d 个岗位", responsible), responsibilityPage},
		{"公开《信息公开指南》", guide > 0, "草稿已经备好，写上办公时间、受理机构等空白项后提交审核", "/articles?column=" + disclosureGuide},
		{"公开第一批信息", published >= firstItems, fmt.Sprintf("已公开 %d 条，第一周请至少公开 %d 条", published, firstItems), "/articles"},
	}, nil
}

const (
	// firstItems is how many items a school is to publish in its first week.
	firstItems = 5
	// schoolsPage is the page of school data in the workbench.
	schoolsPage = "/registry/schools"
)

func orAll(before string, list []string) string {
	if len(list) == 0 {
		return "已经齐全"
	}
	return before + strings.Join(list, "、")
}

// vacantDuties are the duties of a school that nobody fills, in words.
func (p *platform) vacantDuties(app core.App, school string) (vacant []string, err error) {
	for _, duty := range dutiesOfSchool {
		people, err := p.peopleOf(app, school, duty)
		if err != nil {
			return nil, err
		}
		if len(people) == 0 {
			vacant = append(vacant, duty.Name())
		}
	}
	return vacant, nil
}
