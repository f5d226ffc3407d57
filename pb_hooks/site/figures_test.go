package site

import "context"

func (f *fake) DistrictFigures(context.Context) (DistrictFigures, error) {
	return DistrictFigures{Day: "2026-01-05", Since: "2026-01-01", Schools: 2,
		Shares: []ShareFigure{{Name: "compliance", Label: "栏目规范达标率", Part: 104, Whole: 107, Unit: "个", Percent: "97.2", Target: 100, How: "达标栏目÷应达标栏目"},
			{Name: "satisfaction", Label: "满意率", Unit: "次", Target: 90, How: "满意评价÷评价"}},
		Groups: []FigureGroup{{Name: "主动公开", Figures: []FigureLine{{Name: "items_published", Label: "公开信息", Count: 9, Unit: "条", Period: true, How: "首次公开的信息", Basis: "条例第五十条"},
			{Name: "items_public", Label: "现行有效信息", Count: 12, Unit: "条", How: "当日正在公开的信息"}}}}}, f.read("DistrictFigures")
}
