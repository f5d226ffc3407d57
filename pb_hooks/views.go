package pb_hooks

import (
	"slices"
	"strings"
	"time"

	"gongkai/pb_hooks/records"
	"gongkai/pb_hooks/search"
	"gongkai/pb_hooks/site"
	"gongkai/pb_hooks/standard"
	"gongkai/pb_hooks/workday"
)

// This file turns records into what the public sees: plain copies, no rule.

func districtView(d *records.Directory) site.District {
	v := d.District
	return site.District{Name: v.Name, SiteName: v.SiteName, BaseURL: v.BaseURL, Host: v.Host, Operator: v.Operator, Contact: v.Contact,
		Address: v.Address, ICPNumber: v.ICPNumber, PoliceNumber: v.PoliceNumber, SiteIDCode: v.SiteIDCode, Demo: v.Demo,
		StandardVersion: d.Standard.Number, StandardOn: d.Standard.EffectiveOn, SearchPerMinute: v.SearchPerMinute, OpenPerMinute: v.OpenPerMinute, PrivacyStatement: v.PrivacyStatement,
		ConsultationOnly: v.ConsultationOnly}
}

func schoolItem(s *records.School) site.SchoolItem {
	return site.SchoolItem{Code: s.Code, Name: s.Name, ShortName: s.ShortName, Initials: s.Initials, Stages: s.Stages, Ownership: s.Ownership,
		Town: s.Town, Address: s.Address, Phone: s.Phone, Status: s.Status}
}

func schoolDetail(d *records.Directory, s *records.School) site.SchoolDetail {
	v := site.SchoolDetail{SchoolItem: schoolItem(s), Aliases: s.Aliases, Website: s.Website, CreditCode: s.CreditCode, Level: s.Level, Postcode: s.Postcode,
		OpenedOn: s.OpenedOn, EndedOn: s.EndedOn, Successors: []site.SchoolRef{}}
	for _, id := range s.Successors {
		if successor, ok := d.ByID(id); ok {
			v.Successors = append(v.Successors, schoolRef(successor))
		}
	}
	for _, c := range s.Campuses {
		v.Campuses = append(v.Campuses, site.Campus(c))
	}
	if s.Lon != 0 || s.Lat != 0 {
		v.Location = &site.Location{Lon: s.Lon, Lat: s.Lat}
	}
	if s.Logo != "" {
		v.Logo = "/f/" + s.ID + "/logo"
	}
	return v
}

func schoolRef(s *records.School) site.SchoolRef {
	return site.SchoolRef{Code: s.Code, Name: s.Name, ShortName: s.ShortName}
}

func schoolRefs(d *records.Directory) []site.SchoolRef {
	list := make([]site.SchoolRef, len(d.Schools))
	for i, s := range d.Schools {
		list[i] = schoolRef(s)
	}
	return list
}

// schoolFacets counts the values that schools can be looked up by.
func schoolFacets(d *records.Directory) site.SchoolFacets {
	count := map[string]int{}
	var towns []string
	for _, s := range d.Schools {
		for _, stage := range s.Stages {
			count[stage]++
		}
		count[s.Ownership]++
		if s.Town != "" && !slices.Contains(towns, s.Town) {
			towns = append(towns, s.Town)
		}
		count["town:"+s.Town]++
	}
	slices.Sort(towns)
	facets := func(prefix string, values ...string) []site.Facet {
		list := []site.Facet{}
		for _, v := range values {
			if n := count[prefix+v]; n > 0 {
				list = append(list, site.Facet{Value: v, Count: n})
			}
		}
		return list
	}
	return site.SchoolFacets{Stages: facets("", standard.Stages()...), Ownerships: facets("", "公办", "民办"), Towns: facets("town:", towns...)}
}

func leavesOf(nodes []standard.Column) []standard.Column {
	return slices.DeleteFunc(slices.Clone(nodes), func(c standard.Column) bool { return !c.Leaf })
}

// groupViews puts leaves under their groups, in the standard's order.
func groupViews(d *records.Directory, leaves []standard.Column, counts map[string]records.ColumnCount) []site.Group {
	return groupsUnder(d.Node, leaves, counts)
}

func groupsUnder(node func(string) (standard.Column, bool), leaves []standard.Column, counts map[string]records.ColumnCount) []site.Group {
	groups := []site.Group{}
	for _, c := range leaves {
		if len(groups) == 0 || groups[len(groups)-1].Code != c.Parent {
			parent, _ := node(c.Parent)
			groups = append(groups, site.Group{Code: c.Parent, Name: parent.Name, Branch: c.Branch})
		}
		g := &groups[len(groups)-1]
		g.Columns = append(g.Columns, columnView(c, counts[c.Code]))
	}
	return groups
}

func columnView(c standard.Column, n records.ColumnCount) site.Column {
	return site.Column{Code: c.Code, Name: c.Name, Group: c.Parent, Kind: string(c.Kind), KindName: c.Kind.Name(), Audience: c.Audience,
		Mandatory: c.Mandatory, Description: c.Description, Basis: c.Basis, Items: n.Items, LatestAt: instant(n.Latest)}
}

func columnRef(d *records.Directory, code string) site.ColumnRef {
	c, _ := d.Node(code)
	group, _ := d.Node(c.Parent)
	return site.ColumnRef{Code: code, Name: c.Name, GroupCode: group.Code, GroupName: group.Name}
}

func siblings(d *records.Directory, s *records.School, c standard.Column) []site.ColumnRef {
	list := []site.ColumnRef{}
	for _, other := range s.Columns {
		if other.Parent == c.Parent {
			list = append(list, columnRef(d, other.Code))
		}
	}
	return list
}

func itemViews(d *records.Directory, list []records.PublicArticle) []site.ArticleItem {
	items := make([]site.ArticleItem, len(list))
	for i, a := range list {
		items[i] = itemView(d, a)
	}
	return items
}

func itemView(d *records.Directory, a records.PublicArticle) site.ArticleItem {
	v := site.ArticleItem{ID: a.ID, IndexNumber: a.IndexNumber, Title: a.Title, Column: columnRef(d, a.Column), State: a.State, Summary: a.Summary,
		PublishedAt: instant(a.PublishedAt), PublishedOn: day(a.PublishedAt)}
	if s, ok := d.ByID(a.School); ok {
		v.School = schoolRef(s)
	}
	return v
}

// articleView shows an article whole; of a withdrawn one only the tombstone.
func (r reader) articleView(d *records.Directory, a records.PublicArticle) (*site.Article, error) {
	v := &site.Article{ArticleItem: itemView(d, a), FirstPublished: instant(a.FirstPublished), Version: a.Number, Attachments: []site.Attachment{}}
	if a.State == "withdrawn" {
		v.Title = "该信息已撤回"
		v.Withdrawn = &site.Withdrawal{On: day(a.WithdrawnAt), Reason: a.WithdrawnReason}
		return v, nil
	}
	v.PublicityUntil = a.PublicityUntil
	v.CreatedOn, v.OriginallyOn, v.DocNumber, v.Source, v.ValidUntil, v.CheckedOn = a.CreatedOn, a.OriginallyOn, a.DocNumber, a.Source, a.ValidUntil, a.CheckedOn
	v.BodyHTML = a.Body
	if v.Source == "" {
		v.Source = v.School.Name
	}
	c, _ := d.Node(a.Column)
	v.Facts = factTable(c, a.FactRows())
	v.Questions = questionsOf(c, a)
	var err error
	if len(v.Questions) > 0 {
		if v.Helpful, err = r.helpful(a.ID); err != nil {
			return nil, err
		}
	}
	if v.Call, err = r.p.callView(a); err != nil {
		return nil, err
	}
	if a.Column == calendarColumn {
		v.Events = eventViews(schoolDays(a.FactRows()))
	}
	if v.Attachments, err = r.attachments(a.AttachmentIDs()); err != nil {
		return v, err
	}
	v.Downloads, err = downloadsOf(r.p.app, a.ID, c)
	return v, err
}

// factTable orders named fields as the column asks for them, others after.
func factTable(c standard.Column, rows []map[string]string) *site.Table {
	if len(rows) == 0 {
		return nil
	}
	t := &site.Table{Caption: c.Name, Head: c.NamedFields()}
	var extra []string
	for _, row := range rows {
		for name := range row {
			if !slices.Contains(t.Head, name) && !slices.Contains(extra, name) {
				extra = append(extra, name)
			}
		}
	}
	slices.Sort(extra)
	t.Head = append(t.Head, extra...)
	for _, row := range rows {
		cells := make([]string, len(t.Head))
		for i, name := range t.Head {
			cells[i] = row[name]
		}
		t.Rows = append(t.Rows, cells)
	}
	t.Entries = entriesOf(t)
	return t
}

// contactFacts are the columns that the institution registry fills.
func contactFacts(s *records.School, c standard.Column) *site.Table {
	if c.Code == "B0702" { // 机构查询
		t := &site.Table{Caption: c.Name, Head: []string{"学校名称", "学校代码", "学段", "办学性质", "地址", "电话", "网址"},
			Rows: [][]string{{s.Name, s.Code, strings.Join(s.Stages, "、"), s.Ownership, s.Address, s.Phone, s.Website}}}
		t.Entries = entriesOf(t)
		return t
	}
	t := &site.Table{Caption: c.Name, Head: []string{"校区名称", "地址", "电话"}, Rows: [][]string{{"校本部", s.Address, s.Phone}}}
	for _, campus := range s.Campuses {
		t.Rows = append(t.Rows, []string{campus.Name, campus.Address, campus.Phone})
	}
	t.Entries = entriesOf(t)
	return t
}

// catalogue is one page of 信息公开目录 with the fields that 条例 art. 12 names.
func catalogue(d *records.Directory, list []records.PublicArticle) *site.Table {
	c, _ := d.Node(catalogueColumn)
	t := &site.Table{Caption: c.Name, Head: []string{"索引号", "名称", "内容概述", "生成日期", "公开日期", "公开方式"}}
	for _, a := range list {
		t.Rows = append(t.Rows, []string{a.IndexNumber, a.Title, a.Summary, a.CreatedOn, day(a.PublishedAt), "主动公开"})
		t.Links = append(t.Links, "/a/"+a.ID)
	}
	return t
}

func link(a *records.PublicArticle) *site.ArticleLink {
	if a == nil {
		return nil
	}
	return &site.ArticleLink{ID: a.ID, Title: a.Title}
}

func parts(segments []search.Segment) []site.Part {
	list := make([]site.Part, len(segments))
	for i, s := range segments {
		list[i] = site.Part(s)
	}
	return list
}

// excerpt marks where the text goes on.
func excerpt(e search.Excerpt) []site.Part {
	list := parts(e.Segments)
	if e.CutBefore {
		list = append([]site.Part{{Text: "……"}}, list...)
	}
	if e.CutAfter {
		list = append(list, site.Part{Text: "……"})
	}
	return list
}

// instant turns a stored instant into RFC 3339; nothing stays nothing.
func instant(stored string) string {
	t, err := time.Parse(records.InstantLayout, stored)
	if err != nil {
		return ""
	}
	return t.Format(time.RFC3339)
}

// day is the civil date of a stored instant in the district.
func day(stored string) string {
	t, err := time.Parse(records.InstantLayout, stored)
	if err != nil {
		return ""
	}
	return string(workday.Today(t))
}
