package pb_hooks

import (
	"fmt"
	"net/url"
	"slices"
	"strings"
	"unicode/utf8"

	validation "github.com/pocketbase/ozzo-validation/v4"
	"github.com/pocketbase/pocketbase/core"

	"gongkai/pb_hooks/registry"
	"gongkai/pb_hooks/registry/source"
)

// sourceKinds are the ways in which a source is read.
var sourceKinds = []NamedCode{
	{string(source.JSON), "JSON 接口"}, {string(source.HTML), "网页列表"}, {string(source.File), "CSV 或 XLSX 文件"}, {string(source.OneRoster), "OneRoster 1.2"},
}

// ruledKinds are the kinds of lines that a rule may accept, and ruledBases what a row
// may be recognised by for it.
var (
	ruledKinds = kindNames(registry.Ruled()...)
	ruledBases = []registry.Basis{registry.ByDecision, registry.ByRegistryID, registry.ByCode, registry.ByCreditCode, registry.ByName, registry.ByAlias, registry.ByWriting}
)

// checkConfig says at its fields what is wrong with a configuration.
func checkConfig(c source.Config) error {
	problems := validation.Errors{}
	for _, found := range c.Check() {
		problems["config."+found.Field] = validation.NewError("config_invalid", found.Reason)
	}
	return problems.Filter()
}

func checkRules(rules []RegistryRule) error {
	const most = 20
	if len(rules) > most {
		return refused("rules", "rules_many", fmt.Sprintf("最多 %d 条规则", most))
	}
	for i, r := range rules {
		at := fmt.Sprintf("rules.%d", i)
		switch {
		case strings.TrimSpace(r.Name) == "" || utf8.RuneCountInString(r.Name) > 60:
			return refused(at, "rule_name", "请给规则起一个名称，最多 60 个字")
		case slices.ContainsFunc(rules[:i], func(o RegistryRule) bool { return o.Name == r.Name }):
			return refused(at, "rule_twice", "规则的名称不能重复")
		case !slices.Contains(registry.Ruled(), registry.Kind(r.Kind)):
			return refused(at, "rule_kind", "只有"+strings.Join(namesOf(ruledKinds), "、")+"可以自动接受")
		case r.Field != "" && !slices.Contains(registry.FieldNames(), r.Field):
			return refused(at, "rule_field", "没有这一项")
		case slices.ContainsFunc(r.Basis, func(b string) bool { return !slices.Contains(ruledBases, registry.Basis(b)) }):
			return refused(at, "rule_basis", "这样认出的学校不能自动接受")
		}
	}
	return nil
}

func checkShares(s registry.Shares) error {
	for field, share := range map[string]registry.Share{"opened": s.Opened, "ended": s.Ended, "renamed": s.Renamed, "changed": s.Changed} {
		if share.Most < 0 || share.Most > 1 || share.Least < 0 || share.Least > 10_000 {
			return refused("shares."+field, "share_range", "请填写 0 至 100% 的比例和不小于 0 的所数")
		}
	}
	return nil
}

// sameHosts reports whether a configuration sends the secret to the hosts that
// another one does.
func sameHosts(a, b source.Config) bool {
	host := func(address string) string {
		u, err := url.Parse(address)
		if err != nil {
			return address
		}
		return strings.ToLower(u.Scheme + "://" + u.Host)
	}
	return host(a.URL) == host(b.URL) && host(a.Auth.TokenURL) == host(b.Auth.TokenURL)
}

// badJSON says what of a request cannot be read.
func badJSON(err error) string {
	if name, isUnknown := strings.CutPrefix(err.Error(), "json: unknown field "); isUnknown {
		return "没有" + name + "这一项"
	}
	return "不是 JSON"
}

// takesFile reports whether a list can be sent along with a run, needsFile whether it
// has to be: there is no folder to look into.
func takesFile(src *core.Record) bool { return src.GetString("kind") == string(source.File) }

func needsFile(src *core.Record) bool {
	c, err := sourceConfig(src)
	return err == nil && c.Kind == source.File && c.Folder == ""
}

func rulesOf(src *core.Record) (rules []RegistryRule, err error) {
	if raw := src.GetString("rules"); raw == "" || raw == "null" {
		return nil, nil
	}
	return rules, src.UnmarshalJSONField("rules", &rules)
}
