package site

import "strconv"

// openRows are the lists of the open data that no page shows.
func openRows(d District, view any) [][]string {
	switch v := view.(type) {
	case FileList:
		rows := [][]string{{"附件标识", "文件名", "类型", "媒体类型", "大小（字节）", "SHA-256", "下载地址", "信息标题", "学校代码", "学校", "栏目代码", "栏目", "信息网址"}}
		for _, i := range v.Items {
			rows = append(rows, []string{i.ID, i.Name, i.Label, i.MIME, strconv.FormatInt(i.Size, 10), i.SHA256, d.BaseURL + i.URL, i.Article.Title,
				i.School.Code, i.School.Name, i.Column.Code, i.Column.Name, d.BaseURL + "/a/" + i.Article.ID})
		}
		return rows
	case FormList:
		rows := [][]string{append(articleHead[:len(articleHead):len(articleHead)], "文件名", "下载地址")}
		for _, i := range v.Items {
			for _, f := range i.Attachments {
				rows = append(rows, append(articleRow(d, i.ArticleItem), f.Name, d.BaseURL+f.URL))
			}
		}
		return rows
	case QuestionList:
		rows := [][]string{{"问题", "答复", "主题", "适用对象", "核对日期", "学校代码", "学校", "网址"}}
		for _, i := range v.Items {
			for _, q := range i.Questions {
				rows = append(rows, []string{q.Question, q.Answer, q.Topic, q.Audience, q.CheckedOn, i.School.Code, i.School.Name, d.BaseURL + "/a/" + i.ID})
			}
		}
		return rows
	case AnswerList:
		rows := [][]string{append(articleHead[:len(articleHead):len(articleHead)], "来源")}
		for _, i := range v.Items {
			rows = append(rows, append(articleRow(d, i.ArticleItem), i.KindName))
		}
		return rows
	case StandardList:
		rows := [][]string{{"版本", "名称", "施行日期", "启用日期", "是否现行", "栏目数"}}
		for _, i := range v.Items {
			rows = append(rows, []string{i.Version, i.Name, i.EffectiveOn, i.AppliedOn, yesNo(i.InForce), itoa(i.Columns)})
		}
		return rows
	case StandardVersion:
		return columnRows(v.Groups)
	case StandardVersions:
		var rows [][]string
		for _, version := range v.Items {
			rows = append(rows, versionRows(version, rows == nil)...)
		}
		return rows
	case Statistics:
		return statisticRows(v)
	}
	return nil
}

func columnRows(groups []Group) [][]string {
	rows := [][]string{{"栏目代码", "栏目名称", "栏目组代码", "栏目组", "分支", "类型", "公开对象", "是否必设", "说明", "依据"}}
	for _, g := range groups {
		for _, i := range g.Columns {
			rows = append(rows, []string{i.Code, i.Name, g.Code, g.Name, g.Branch, i.KindName, i.Audience, yesNo(i.Mandatory), i.Description, i.Basis})
		}
	}
	return rows
}

// versionRows are the columns of a version, each with the version's number.
func versionRows(v StandardVersion, headed bool) (rows [][]string) {
	for i, row := range columnRows(v.Groups) {
		switch {
		case i > 0:
			rows = append(rows, append([]string{v.Version}, row...))
		case headed:
			rows = append(rows, append([]string{"版本"}, row...))
		}
	}
	return rows
}

// statisticRows has a column for each figure, in the order of the definitions.
func statisticRows(v Statistics) [][]string {
	head := []string{"开始日期", "结束日期", "学校数"}
	for _, f := range v.Definitions {
		head = append(head, f.Label+"（"+f.Unit+"）")
	}
	rows := [][]string{head}
	for _, i := range v.Items {
		row := []string{i.From, i.To, itoa(i.Schools)}
		counts := map[string]int{}
		for _, f := range i.Figures {
			counts[f.Name] = f.Count
		}
		for _, f := range v.Definitions {
			row = append(row, itoa(counts[f.Name]))
		}
		rows = append(rows, row)
	}
	return rows
}
