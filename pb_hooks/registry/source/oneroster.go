package source

import (
	"cmp"
	"maps"
	"strings"

	"github.com/tidwall/gjson"
)

// oneRosterPath is where OneRoster 1.2 has organisations.
const oneRosterPath = "/ims/oneroster/rostering/v1p2/orgs"

// oneRosterFields are what OneRoster says of an organisation. It has no field for an address or a telephone number:
// they are in metadata, by names of the source's own, which the Config adds.
var oneRosterFields = map[string]Field{
	"registry_id": {From: []string{"sourcedId"}},
	"name":        {From: []string{"name"}},
	"code":        {From: []string{"identifier"}},
	"status":      {From: []string{"status"}, Values: map[string]string{"active": "开办", "tobedeleted": "已撤销"}},
}

// oneRoster is the configuration as one of JSON. What the Config itself says stays.
func (c Config) oneRoster() Config {
	if base, query, _ := strings.Cut(c.URL, "?"); !strings.HasSuffix(base, "/orgs") {
		c.URL = strings.TrimSuffix(base, "/") + oneRosterPath
		if query != "" {
			c.URL += "?" + query
		}
	}
	if c.Rows == "" {
		c.Rows = "orgs"
	}
	fields := maps.Clone(oneRosterFields)
	maps.Copy(fields, c.Fields)
	c.Fields = fields
	if c.Paging.Way == OnePage {
		c.Paging = Paging{Way: ByOffset, Param: "offset", Size: cmp.Or(c.Paging.Size, 100), SizeParam: "limit", TotalHeader: "X-Total-Count"}
	}
	if c.Since.Param != "" {
		c.Since.Layout = cmp.Or(c.Since.Layout, "rfc3339")
		c.Since.Template = cmp.Or(c.Since.Template, "type='school' AND dateLastModified>='"+sinceMark+"'")
	}
	given := map[string]bool{}
	for _, p := range c.Params {
		given[p.Name] = true
	}
	params := c.Params[:len(c.Params):len(c.Params)]
	for _, p := range []Param{{"filter", []string{"type='school'"}}, {"sort", []string{"sourcedId"}}, {"orderBy", []string{"asc"}}} {
		if !given[p.Name] {
			params = append(params, p)
		}
	}
	c.Params = params
	if c.Auth.Sign == ByOAuth2 && len(c.Auth.Scopes) == 0 {
		c.Auth.Scopes = []string{"https://purl.imsglobal.org/spec/or/v1p2/scope/roster-core.readonly"}
	}
	return c
}

// isSchool reports whether an organisation is a school: servers that know no filter send districts and departments too.
func isSchool(org jsonItem) bool {
	return gjson.Get(org.Raw, "type").String() == "school"
}
