package pb_hooks

import (
	"cmp"
	"io"
	"net/http"

	"github.com/pocketbase/pocketbase/core"

	"gongkai/pb_hooks/records"
	"gongkai/pb_hooks/standard"
	"gongkai/pb_hooks/statement"
	"gongkai/pb_hooks/workday"
)

// widths of the columns of the sheets, in twentieths of a point on paper.
var (
	catalogueWidths = []int{1100, 1500, 2600, 2200, 1500, 1600, 1200, 900, 900, 700, 800, 900, 700, 600, 600, 700, 600, 900, 2400}
	movesWidths     = []int{900, 2500, 900, 2500, 4000, 1500}
)

// exportStandard is a version in the form of the district catalogues, with the moves
// on a second sheet: what is imported from it is the same draft.
func (p *platform) exportStandard(e *core.RequestEvent) error {
	r, err := p.standardAsked(e.App, e)
	if err != nil {
		return err
	}
	d, err := p.directory()
	if err != nil {
		return err
	}
	columns, err := columnsIn(e.App, r)
	if err != nil {
		return err
	}
	moves, err := records.MovesOf(r)
	if err != nil {
		return err
	}
	before, _ := formerly(d, r.Id)
	issuer, name := cmp.Or(d.District.Bureau, d.District.Host, d.District.Name), r.GetString("name")
	sheet := func(tab string, heads []string, widths []int, rows [][]string) statement.List {
		l := statement.List{Demo: d.District.Demo, Issuer: issuer, Title: name, Tab: tab, About: r.GetString("version") + " 版", Made: workday.Date(p.today()), Rows: rows}
		for i, head := range heads {
			l.Columns = append(l.Columns, statement.ListColumn{Name: head, Width: widths[i]})
		}
		return l
	}
	file, err := statement.Book{Issuer: issuer, Title: name, Made: workday.Date(p.today()), Lists: []statement.List{
		sheet(standard.CatalogueSheet, standard.CatalogueHeads(), catalogueWidths, standard.CatalogueRows(columns)),
		sheet(standard.MovesSheet, standard.MovesHeads(), movesWidths, standard.MovesRows(before.Columns, columns, moves))}}.Xlsx()
	if err != nil {
		return err
	}
	done := deed{Action: "export_standard", Collection: records.Standards, Record: r.Id, Detail: map[string]any{"version": r.GetString("version")}}
	return p.enterBefore(e, actorOf(e), done, func() error {
		return handOut(e, savedName("栏目设置标准_"+r.GetString("version")+"版.xlsx"), xlsxType, file)
	})
}

// mostStandard bounds the file of a standard, in bytes; one of a hundred columns has 30 kB.
const mostStandard = 5 << 20

// StandardRefusal is why a workbook was not taken: every fault at its cell.
type StandardRefusal struct {
	Status  int                     `json:"status"`
	Message string                  `json:"message"`
	Data    map[string]FieldProblem `json:"data"` // file
	Faults  []standard.SheetFault   `json:"faults"`
}

// FieldProblem is what is wrong with one field of what was sent.
type FieldProblem struct {
	Code    string `json:"code"`
	Message string `json:"message"`
}

// importStandard makes a draft of a workbook, or names every fault at its cell and
// stores nothing.
func (p *platform) importStandard(e *core.RequestEvent) error {
	if err := p.refuseStandard(e.App, e); err != nil {
		return err
	}
	data, err := uploadedStandard(e)
	if err != nil {
		return err
	}
	sheets, err := statement.ReadXlsx(data)
	if err != nil {
		return refused("file", "no_workbook", err.Error())
	}
	d, err := p.directory()
	if err != nil {
		return err
	}
	draft, faults := draftAgainst(d).ReadSheets(sheets)
	if len(faults) > 0 {
		message := "文件里有需要更正的地方，没有导入。"
		return e.JSON(http.StatusBadRequest, StandardRefusal{http.StatusBadRequest, message, map[string]FieldProblem{"file": {"standard_faults", message}}, faults})
	}
	return p.answerStandard(e, func(tx core.App) (*core.Record, error) {
		r, err := p.newStandard(tx, e, e.Request.FormValue("version"), e.Request.FormValue("name"), draft)
		if err != nil {
			return nil, err
		}
		return r, p.doneBy(tx, e, "import_standard", r, map[string]any{"version": r.GetString("version"), "name": r.GetString("name"), "sha256": fingerprint(string(data))})
	})
}

func uploadedStandard(e *core.RequestEvent) ([]byte, error) {
	file, _, err := e.Request.FormFile("file")
	if err != nil {
		return nil, refused("file", "file_missing", "请选择标准的工作簿（.xlsx）")
	}
	defer file.Close()
	data, err := io.ReadAll(io.LimitReader(file, mostStandard+1))
	if err != nil {
		return nil, e.BadRequestError("没有收到完整的文件，请重试。", err)
	}
	if len(data) > mostStandard {
		return nil, refused("file", "file_too_large", "文件超过 5 MB，不是栏目设置标准")
	}
	return data, nil
}
