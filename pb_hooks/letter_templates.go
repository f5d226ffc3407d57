package pb_hooks

import (
	"fmt"
	"io"
	"slices"

	validation "github.com/pocketbase/ozzo-validation/v4"
	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/filesystem"

	"gongkai/pb_hooks/attachment"
	"gongkai/pb_hooks/foi"
	"gongkai/pb_hooks/letter"
	"gongkai/pb_hooks/publication"
	"gongkai/pb_hooks/records"
	"gongkai/pb_hooks/workday"
)

// mostTemplate bounds a template, in bytes.
const mostTemplate = 5 << 20

// checkTemplate takes only a template that every letter of its kind can be made
// of; is_default goes back to the program's own.
func checkTemplate(e *core.RecordEvent) error {
	r := e.Record
	kind := foi.LetterKind(r.GetString("kind"))
	if kind.Name() == "" {
		return refused("kind", "letter_unknown_kind", "请选择文书的种类")
	}
	files := r.GetUnsavedFiles("file")
	if r.GetBool("is_default") {
		if len(files) > 0 {
			return refused("file", "template_not_needed", "恢复默认模板时不需要上传文件")
		}
		r.Load(map[string]any{"name": "", "sha256": ""})
		return e.Next()
	}
	if len(files) != 1 {
		return refused("file", "template_missing", "请选择一个 .docx 模板文件")
	}
	content, err := readTemplate(kind, files[0])
	if err != nil {
		return err
	}
	r.Load(map[string]any{"name": clip(attachment.CleanName(files[0].OriginalName), 200), "sha256": fingerprint(string(content))})
	if err := e.Next(); err != nil {
		return err
	}
	return syncStored(e.App, r.BaseFilesPath()+"/"+r.GetString("file"))
}

// readTemplate reads an uploaded template and says at the field what is wrong
// with it.
func readTemplate(kind foi.LetterKind, file *filesystem.File) ([]byte, error) {
	if file.Size > mostTemplate {
		return nil, refused("file", "template_too_large", fmt.Sprintf("模板不能超过 %d MB", mostTemplate>>20))
	}
	r, err := file.Reader.Open()
	if err != nil {
		return nil, err
	}
	defer r.Close()
	content, err := io.ReadAll(r)
	if err != nil {
		return nil, err
	}
	if err := letter.CheckFor(kind, content); err != nil {
		return nil, validation.Errors{"file": fieldError(err)}
	}
	return content, nil
}

// downloadTemplate hands out the template in force of a kind, to be edited.
func (p *platform) downloadTemplate(e *core.RequestEvent) error {
	kind := foi.LetterKind(e.Request.PathValue("kind"))
	if kind.Name() == "" {
		return e.NotFoundError("没有这种文书。", nil)
	}
	_, content, err := p.templateOf(e.App, kind)
	if err == nil && content == nil {
		content, err = letter.Default(kind)
	}
	if err != nil {
		return err
	}
	return handOut(e, "模板_"+kind.Name()+".docx", docxType, content)
}

// previewTemplate fills an uploaded template, or without one the template in
// force, with what its placeholders mean. Nothing is stored.
func (p *platform) previewTemplate(e *core.RequestEvent) error {
	may, err := p.servesBureau(e.App, e.Auth, publication.Supervisor)
	if err != nil {
		return err
	}
	if !may {
		return e.ForbiddenError("文书模板由区教育局设置。", nil)
	}
	kind := foi.LetterKind(e.Request.PathValue("kind"))
	if kind.Name() == "" {
		return e.NotFoundError("没有这种文书。", nil)
	}
	_, content, err := p.templateOf(e.App, kind)
	if err != nil {
		return err
	}
	if e.Request.ContentLength != 0 {
		files, err := e.FindUploadedFiles("file")
		if err != nil || len(files) != 1 {
			return refused("file", "template_missing", "请选择一个 .docx 模板文件")
		}
		if content, err = readTemplate(kind, files[0]); err != nil {
			return err
		}
	}
	values, err := p.sampleValues()
	if err != nil {
		return err
	}
	filled, err := letter.Write(kind, content, values)
	if err != nil {
		return fieldErrors(map[string]error{"file": err})
	}
	return handOut(e, "预览_"+kind.Name()+".docx", docxType, filled)
}

// sampleValues say of each placeholder what it means.
func (p *platform) sampleValues() (map[string]string, error) {
	d, err := p.directory()
	if err != nil {
		return nil, err
	}
	values := map[string]string{}
	for _, f := range foi.LetterFields() {
		values[f.Name] = "（" + f.Meaning + "）"
	}
	values["日期"], values["本单位"], values["主管部门"] = foi.LetterDate(workday.Date(p.today())), "本校", d.District.Bureau
	values["救济途径"], err = foi.FillText(foi.DefaultRemedies[0].Text, values)
	return values, err
}

// TemplateField is a placeholder that may stand in a template.
type TemplateField struct {
	Name     string `json:"name"`
	Meaning  string `json:"meaning"`
	Required bool   `json:"required"` // the template must have it
}

func templateFields(l foi.Letter) []TemplateField {
	var fields []TemplateField
	required := slices.Concat(l.Required, l.Blankable)
	for _, name := range l.Fields() {
		i := slices.IndexFunc(foi.LetterFields(), func(f foi.LetterField) bool { return f.Name == name })
		fields = append(fields, TemplateField{name, foi.LetterFields()[i].Meaning, slices.Contains(required, name)})
	}
	return fields
}

// TemplateVersion is a template that was uploaded, or the program's own that was
// gone back to.
type TemplateVersion struct {
	Name    string `json:"name"`
	By      string `json:"by"`
	On      string `json:"on"`
	Default bool   `json:"default"`
}

// LetterTemplate is a kind of letter and what it is made of; Versions, newest
// first, are empty where it was always the program's own.
type LetterTemplate struct {
	Kind     string            `json:"kind"`
	Name     string            `json:"name"`
	Fields   []TemplateField   `json:"fields"`
	Versions []TemplateVersion `json:"versions"`
}

func letterTemplates(app core.App) ([]LetterTemplate, error) {
	var rows []*core.Record
	if err := app.RecordQuery(records.LetterTemplates).OrderBy("_rowid_ DESC").All(&rows); err != nil {
		return nil, err
	}
	var list []LetterTemplate
	for _, l := range foi.Letters() {
		t := LetterTemplate{Kind: string(l.Kind), Name: l.Name, Fields: templateFields(l), Versions: []TemplateVersion{}}
		for _, r := range rows {
			if r.GetString("kind") == t.Kind {
				t.Versions = append(t.Versions, TemplateVersion{r.GetString("name"), r.GetString("by_name"), dayOf(r.GetDateTime("created").Time()), r.GetBool("is_default")})
			}
		}
		list = append(list, t)
	}
	return list, nil
}
