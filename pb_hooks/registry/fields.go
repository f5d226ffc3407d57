package registry

import (
	"cmp"
	"fmt"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// field is one column of the file and one property of a school.
type field struct {
	name    string
	headers []string // accepted in the first line, in lower case; the first is the label
	read    func(s *School, cell string) (reason string)
	show    func(s School) string
	take    func(to *School, from School)
}

var fields = []field{
	text("code", 20, func(s *School) *string { return &s.Code }, readCode, "学校代码", "code"),
	text("name", 100, func(s *School) *string { return &s.Name }, readName, "学校名称", "校名", "机构名称", "name"),
	text("short_name", 50, func(s *School) *string { return &s.ShortName }, nil, "学校简称", "简称", "short_name"),
	text("initials", maxInitials, func(s *School) *string { return &s.Initials }, readInitials, "拼音首字母", "initials"),
	{"aliases", []string{"别名", "曾用名", "aliases"}, readAliases,
		func(s School) string { return strings.Join(s.Aliases, "、") },
		func(to *School, from School) { to.Aliases = addAliases(to.Aliases, from.Aliases...) }},
	{"stages", []string{"学段", "学段分类", "stage", "stages"}, readStages,
		func(s School) string { return strings.Join(s.Stages, "、") },
		func(to *School, from School) { to.Stages = slices.Clone(from.Stages) }},
	text("ownership", 10, func(s *School) *string { return &s.Ownership }, oneOf(Ownerships...), "办学性质", "办别", "nature", "ownership"),
	text("registry_id", 100, func(s *School) *string { return &s.RegistryID }, nil, "机构编号", "平台编号", "registry_id"),
	text("credit_code", 18, func(s *School) *string { return &s.CreditCode }, readCreditCode, "统一社会信用代码", "信用代码", "credit_code"),
	text("level", 50, func(s *School) *string { return &s.Level }, nil, "等级级别", "等级", "level"),
	text("principal", 50, func(s *School) *string { return &s.Principal }, nil, "校长", "校长姓名", "负责人", "principal"),
	yesNo("meals", func(s *School) *bool { return &s.Meals }, "供餐", "meals"),
	yesNo("boarding", func(s *School) *bool { return &s.Boarding }, "住宿或校车", "住宿", "boarding"),
	text("town", 50, func(s *School) *string { return &s.Town }, nil, "街镇", "属地街镇", "所属街镇", "街道(镇)", "town"),
	text("address", 200, func(s *School) *string { return &s.Address }, nil, "地址", "学校地址", "address"),
	text("postcode", 6, func(s *School) *string { return &s.Postcode }, readPostcode, "邮政编码", "邮编", "postcode"),
	text("phone", 100, func(s *School) *string { return &s.Phone }, readPhone, "电话", "联系电话", "phone"),
	text("website", 200, func(s *School) *string { return &s.Website }, readWebsite, "网址", "学校网址", "website"),
	text("status", 20, func(s *School) *string { return &s.Status }, readStatus, "状态", "status"),
	text("opened_on", 10, func(s *School) *string { return &s.OpenedOn }, ReadDay, "开办日期", "成立日期", "opened_on"),
	text("ended_on", 10, func(s *School) *string { return &s.EndedOn }, ReadDay, "合并或撤销日期", "撤销日期", "ended_on"),
	degrees("lon", 180, func(s *School) *float64 { return &s.Lon }, "经度", "lon"),
	degrees("lat", 90, func(s *School) *float64 { return &s.Lat }, "纬度", "lat"),
}

// Label is the Chinese name of a field.
func Label(name string) string {
	for _, f := range fields {
		if f.name == name {
			return f.headers[0]
		}
	}
	switch name {
	case "campuses":
		return "校区"
	case "successors":
		return "承接学校"
	}
	return name
}

// text is a field of one line of text. read, if any, returns the text as it is kept, or what is wrong with it.
func text(name string, limit int, at func(*School) *string, read func(string) (string, string), headers ...string) field {
	return field{name, headers,
		func(s *School, cell string) string {
			if read != nil {
				kept, reason := read(cell)
				if reason != "" {
					return reason
				}
				cell = kept
			}
			if utf8.RuneCountInString(cell) > limit {
				return fmt.Sprintf("超过 %d 个字", limit)
			}
			*at(s) = cell
			return ""
		},
		func(s School) string { return *at(&s) },
		func(to *School, from School) { *at(to) = *at(&from) },
	}
}

func yesNo(name string, at func(*School) *bool, headers ...string) field {
	words := map[string]bool{"是": true, "有": true, "yes": true, "true": true, "1": true,
		"否": false, "无": false, "no": false, "false": false, "0": false}
	return field{name, headers,
		func(s *School, cell string) string {
			yes, known := words[strings.ToLower(cell)]
			if !known {
				return fmt.Sprintf("“%s”请改填“是”或“否”", cell)
			}
			*at(s) = yes
			return ""
		},
		func(s School) string {
			if *at(&s) {
				return "是"
			}
			return "否"
		},
		func(to *School, from School) { *at(to) = *at(&from) },
	}
}

func degrees(name string, limit float64, at func(*School) *float64, headers ...string) field {
	return field{name, headers,
		func(s *School, cell string) string {
			n, err := strconv.ParseFloat(cell, 64)
			if err != nil || !(n >= -limit && n <= limit) {
				return fmt.Sprintf("“%s”不是 -%v 到 %v 之间的度数", cell, limit, limit)
			}
			*at(s) = n
			return ""
		},
		func(s School) string { return strconv.FormatFloat(*at(&s), 'f', -1, 64) },
		func(to *School, from School) { *at(to) = *at(&from) },
	}
}

func oneOf(allowed ...string) func(string) (string, string) {
	return func(cell string) (string, string) {
		if !slices.Contains(allowed, cell) {
			return "", fmt.Sprintf("“%s”无法识别，可填：%s", cell, strings.Join(allowed, "、"))
		}
		return cell, ""
	}
}

var codePattern = regexp.MustCompile(`^[0-9A-Za-z]{4,20}$`)

func readCode(cell string) (string, string) {
	cell = narrow(cell)
	if !codePattern.MatchString(cell) {
		return "", fmt.Sprintf("“%s”应为 4 至 20 位数字或字母", cell)
	}
	return cell, ""
}

var initialsPattern = regexp.MustCompile(`^[0-9a-z]+( [0-9a-z]+)*$`)

func readInitials(cell string) (string, string) {
	cell = strings.ToLower(narrow(cell))
	if !initialsPattern.MatchString(cell) {
		return "", fmt.Sprintf("“%s”应为字母和数字，多种读法用空格隔开", cell)
	}
	return cell, ""
}

// stageWords are what registers call a stage beside its own name.
var stageWords = map[string]string{"初级中学": "初中", "高级中学": "高中", "中职": "中等职业"}

func readStages(s *School, cell string) string {
	var stages []string
	for _, stage := range splitList(cell) {
		known := strings.TrimSuffix(stage, "学校") // 九年一贯制学校
		if known = cmp.Or(stageWords[known], known); slices.Contains(Stages, known) {
			stages = append(stages, known)
			continue
		}
		return fmt.Sprintf("“%s”不是规定的学段，可填：%s", stage, strings.Join(Stages, "、"))
	}
	slices.SortFunc(stages, func(a, b string) int { return slices.Index(Stages, a) - slices.Index(Stages, b) })
	s.Stages = slices.Compact(stages)
	return ""
}

func readAliases(s *School, cell string) string {
	for _, alias := range splitList(cell) {
		if utf8.RuneCountInString(alias) > 100 {
			return "有一个名称超过 100 个字"
		}
		s.Aliases = addAliases(s.Aliases, alias)
	}
	return ""
}

func readStatus(cell string) (string, string) {
	words := map[string]string{"开办": Open, "筹建": Planned, "已合并": Merged, "已撤销": Closed,
		Open: Open, Planned: Planned, Merged: Merged, Closed: Closed}
	status, known := words[strings.ToLower(cell)]
	if !known {
		return "", fmt.Sprintf("“%s”无法识别，可填：开办、筹建、已合并、已撤销", cell)
	}
	return status, ""
}

// readWebsite takes nothing but http and https: the address becomes a link on the public pages.
func readWebsite(cell string) (string, string) {
	u, err := url.Parse(cell)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Hostname() == "" || u.User != nil || strings.ContainsAny(cell, " \"<>") {
		return "", fmt.Sprintf("“%s”不是完整的网址，应以 http:// 或 https:// 开头", cell)
	}
	return cell, ""
}
