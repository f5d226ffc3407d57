package pb_hooks

import (
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"time"

	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/types"
	"github.com/spf13/cobra"

	"gongkai/pb_hooks/records"
	"gongkai/pb_hooks/registry"
)

// schoolsCommand is "gongkai schools": the list of schools follows the district registry.
func schoolsCommand(app core.App) *cobra.Command {
	schools := &cobra.Command{Use: "schools", Short: "学校名单"}
	o := importOptions{}
	imports := &cobra.Command{
		Use:     "import FILE.csv",
		Short:   "按区机构查询平台的名单新增和更新学校；不加 --apply 只预览",
		Example: "  gongkai schools import 学校名单.csv\n  gongkai schools import 学校名单.csv --apply",
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) != 1 {
				return errors.New("请给出一个 CSV 文件，例如：gongkai schools import 学校名单.csv")
			}
			return nil
		},
		SilenceUsage: true,
		RunE: func(cmd *cobra.Command, args []string) error {
			file, err := os.Open(args[0])
			if err != nil {
				return fmt.Errorf("打不开文件 %s：%w", args[0], err)
			}
			defer file.Close()
			return importSchools(app, file, cmd.OutOrStdout(), o)
		},
	}
	imports.Flags().BoolVar(&o.apply, "apply", false, "写入数据库")
	imports.Flags().BoolVar(&o.skipBad, "skip-bad", false, "跳过有问题的行，其余照常处理")
	imports.Flags().StringVar(&o.district, "district", "", "六位行政区划代码，用于给没有代码的学校编号（只在首次导入时需要）")
	schools.AddCommand(imports)
	return schools
}

type importOptions struct {
	apply, skipBad bool
	district       string
}

// unknownDistrict is the code that a new appliance has until it is told its own.
const unknownDistrict = "000000"

// importSchools shows what the file changes and, if told to, stores it in one transaction. Nothing is stored while a
// line is bad, unless bad lines are to be skipped.
func importSchools(app core.App, file io.Reader, out io.Writer, o importOptions) error {
	rows, err := registry.ReadCSV(file)
	if err != nil {
		return err
	}
	if err := app.RunAllMigrations(); err != nil {
		return fmt.Errorf("migrate: %w", err)
	}
	district, err := app.FindRecordById(records.Districts, records.DistrictID)
	if err != nil {
		return fmt.Errorf("read the district: %w", err)
	}
	if o.district != "" && district.GetString("code") == unknownDistrict {
		district.Set("code", o.district)
		if err := app.Validate(district); err != nil {
			return fmt.Errorf("--district 要填六位数字，例如 310112：%w", err)
		}
	}
	existing, err := storedSchools(app)
	if err != nil {
		return err
	}
	d := registry.District{Code: district.GetString("code"), Name: district.GetString("name")}
	changes := registry.Diff(existing, rows, d)
	if err := validateSchools(app, changes); err != nil {
		return err
	}
	fmt.Fprint(out, registry.Report(changes))
	bad := countChanges(changes, registry.Bad)
	if d.Code == unknownDistrict && slices.ContainsFunc(changes, func(c registry.Change) bool { return strings.HasPrefix(c.School.Code, unknownDistrict) }) {
		fmt.Fprintln(out, "\n没有代码的新学校要以行政区划代码编号，编号以后不能更改。请加上 --district 和本区的六位代码，例如 --district 310112。")
		if o.apply {
			return errors.New("还不知道行政区划代码，没有写入任何内容")
		}
	}
	if bad > 0 && !o.skipBad {
		return fmt.Errorf("%d 行有问题，没有写入任何内容；请改正文件后重试，或加上 --skip-bad 跳过这些行", bad)
	}
	if len(changes) == bad+countChanges(changes, registry.Same) {
		fmt.Fprintln(out, "没有需要写入的内容。")
		return nil
	}
	if !o.apply {
		fmt.Fprintln(out, "这是预览，没有写入任何内容。加上 --apply 才会写入。")
		return nil
	}
	if err := storeSchools(app, district, changes); err != nil {
		return fmt.Errorf("写入失败，没有保存任何内容：%w", err)
	}
	if err := announceChange(app); err != nil {
		return fmt.Errorf("已写入，但未能通知运行中的服务，请重启服务：%w", err)
	}
	fmt.Fprintln(out, "已写入。")
	return nil
}

func countChanges(changes []registry.Change, kind registry.Kind) (n int) {
	for _, c := range changes {
		if c.Kind == kind {
			n++
		}
	}
	return n
}

// validateSchools makes a change bad that the database would refuse, so that the preview already says so.
func validateSchools(app core.App, changes []registry.Change) error {
	for i := range changes {
		c := &changes[i]
		if c.Kind == registry.Bad || c.Kind == registry.Same {
			continue
		}
		record, err := schoolRecord(app, c.School)
		if err != nil {
			return err
		}
		if err := app.Validate(record); err != nil {
			c.Kind, c.Problems = registry.Bad, []registry.Problem{{Line: c.Line, Reason: "数据库不接受：" + err.Error()}}
		}
	}
	return nil
}

// storeSchools saves each school once, however many lines speak about it, through the hooks and checks of a record.
func storeSchools(app core.App, district *core.Record, changes []registry.Change) error {
	return app.RunInTransaction(func(tx core.App) error {
		if err := tx.Save(district); err != nil {
			return err
		}
		saved := map[string]bool{}
		for _, c := range changes {
			if c.Kind == registry.Bad || c.Kind == registry.Same || saved[c.School.Code] {
				continue
			}
			saved[c.School.Code] = true
			record, err := schoolRecord(tx, c.School)
			if err != nil {
				return err
			}
			if err := tx.Save(record); err != nil {
				return fmt.Errorf("第 %d 行 %s：%w", c.Line, c.School.Name, err)
			}
		}
		return appendDeed(tx, time.Now(), atTerminal, deed{"import_schools", records.Schools, "", map[string]any{"schools": len(saved)}})
	})
}

func storedSchools(app core.App) ([]registry.School, error) {
	stored, err := app.FindAllRecords(records.Schools)
	if err != nil {
		return nil, fmt.Errorf("read the schools: %w", err)
	}
	schools := make([]registry.School, len(stored))
	for i, r := range stored {
		schools[i] = schoolOf(r)
	}
	return schools, nil
}

// schoolOf is a stored school as the registry would list it.
func schoolOf(r *core.Record) registry.School {
	s := records.SchoolOf(r)
	school := registry.School{ID: s.ID, Code: s.Code, Name: s.Name, ShortName: r.GetString("short_name"), Aliases: s.Aliases, Initials: s.Initials,
		Stages: s.Stages, Ownership: s.Ownership, Meals: s.Meals, Boarding: s.Boarding, Town: s.Town, Address: s.Address,
		Phone: s.Phone, Website: s.Website, Status: s.Status, Lon: s.Lon, Lat: s.Lat,
		RegistryID: s.RegistryID, CreditCode: s.CreditCode, Level: s.Level, Principal: s.Principal, Postcode: s.Postcode,
		OpenedOn: s.OpenedOn, EndedOn: s.EndedOn, Successors: s.Successors}
	for _, c := range s.Campuses {
		school.Campuses = append(school.Campuses, registry.Campus(c))
	}
	return school
}

// schoolRecord is the record of the school, stored or new, with what the school says.
func schoolRecord(app core.App, s registry.School) (*core.Record, error) {
	schools, err := app.FindCachedCollectionByNameOrId(records.Schools)
	if err != nil {
		return nil, fmt.Errorf("read the schools: %w", err)
	}
	record := core.NewRecord(schools)
	if s.ID != "" {
		if record, err = app.FindRecordById(schools, s.ID); err != nil {
			return nil, fmt.Errorf("read %s: %w", s.Name, err)
		}
	}
	record.Load(map[string]any{"code": s.Code, "name": s.Name, "short_name": s.ShortName, "aliases": s.Aliases, "initials": s.Initials,
		"stages": s.Stages, "ownership": s.Ownership, "meals": s.Meals, "boarding": s.Boarding, "town": s.Town, "address": s.Address,
		"campuses": s.Campuses, "phone": s.Phone, "website": s.Website, "status": s.Status,
		"registry_id": s.RegistryID, "credit_code": s.CreditCode, "level": s.Level, "principal": s.Principal, "postcode": s.Postcode,
		"opened_on": s.OpenedOn, "ended_on": s.EndedOn, "successors": s.Successors, "location": types.GeoPoint{Lon: s.Lon, Lat: s.Lat}})
	return record, nil
}
