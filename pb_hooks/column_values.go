package pb_hooks

import (
	"net/http"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"gongkai/pb_hooks/records"
)

// ColumnValues are what the named fields of a column say in the district, for a
// writer to choose from: one word for one thing makes one group of it.
type ColumnValues struct {
	Fields []FieldValues `json:"fields"`
}

// FieldValues are the values of one field: those of the writer's own school first,
// then by how often they are used.
type FieldValues struct {
	Name   string   `json:"name"`
	Values []string `json:"values"`
}

// chosenFacts are the named fields whose values are worth repeating.
var chosenFacts = []string{factTopic, factAudience}

// mostValues bounds what a writer is offered for a field.
const mostValues = 30

// columnValues reads what is public, and nothing else.
func (p *platform) columnValues(e *core.RequestEvent) error {
	values := ColumnValues{Fields: []FieldValues{}}
	for _, name := range chosenFacts {
		field := FieldValues{Name: name, Values: []string{}}
		err := e.App.DB().NewQuery("SELECT json_extract(row.value, {:path}) AS said FROM " + records.PublicArticles + " a, json_each(iif(json_valid(a.facts), a.facts, '[]')) row" +
			" WHERE a.`column` = {:column} AND a.state = 'published' AND said != '' GROUP BY said ORDER BY max(a.school = {:school}) DESC, count(*) DESC, said LIMIT {:most}").
			Bind(dbx.Params{"path": `$."` + name + `"`, "column": e.Request.PathValue("column"), "school": e.Auth.GetString("school"), "most": mostValues}).
			WithContext(e.Request.Context()).Column(&field.Values)
		if err != nil {
			return err
		}
		if len(field.Values) > 0 {
			values.Fields = append(values.Fields, field)
		}
	}
	return e.JSON(http.StatusOK, values)
}
