package pb_hooks

import (
	"fmt"
	"time"

	"github.com/pocketbase/pocketbase/core"

	"gongkai/pb_hooks/demo"
	"gongkai/pb_hooks/publication"
	"gongkai/pb_hooks/records"
)

// demoStep is a step somebody of the first school took in the demonstration.
type demoStep struct {
	post   string // whose account, see demoPosts
	do     publication.Action
	reason string
	check  publication.Check
}

// demoItem is an article somewhere on its way.
type demoItem struct {
	title, text string
	plans       map[string]any // fields of the version
	steps       []demoStep
}

var (
	demoSubmit  = demoStep{post: "editor", do: publication.Submit}
	demoApprove = demoStep{post: "reviewer", do: publication.Approve, check: publication.Check{Examined: publication.ReviewPoints()}}
	demoClear   = demoStep{post: "secrecy", do: publication.Clear, check: publication.Check{Examined: publication.SecrecyPoints(), Result: publication.MayPublish}}
)

// demoItems show the procedure at every stage. They say so themselves.
func demoItems(now time.Time) []demoItem {
	released := map[string]any{"release_at": now.AddDate(0, 0, 3).UTC().Truncate(24 * time.Hour)} // eight in the morning
	publicity := map[string]any{"publicity_workdays": 5}
	return []demoItem{
		{"关于调整早餐供应时间的通知", "因食堂设备检修，下周早餐供应时间临时调整，请各位家长知悉并相互转告，给您带来不便请谅解。", nil, []demoStep{demoSubmit}},
		{"关于校服换购登记的通知", "需要换购校服的同学请到总务处登记。登记示例：张晓明，电话 13800138000，证件号 11010519491231002X（国家标准样例，演示自动检查）。", nil, []demoStep{demoSubmit}},
		{"关于冬季运动会的通知", "冬季运动会定于下月举行，请各班提前报名，注意天气变化，并为参加比赛的同学准备合适的衣物。", nil,
			[]demoStep{demoSubmit, {post: "reviewer", do: publication.Return, reason: "请写明比赛日期和集合地点（演示）"}}},
		{"关于图书馆开放时间的通知", "学校图书馆延长开放时间，工作日开放到下午五点半，欢迎同学们前往借阅，请家长合理安排接送时间。", nil, []demoStep{demoSubmit, demoApprove}},
		{"关于校园安防设施升级的通知", "学校安防设施将分批升级，升级期间部分通道临时封闭，请按现场指引通行，注意安全，感谢理解。", nil,
			[]demoStep{demoSubmit, demoApprove, {post: "secrecy", do: publication.Refer, reason: "涉及安防设施位置，是否公开请区级确定（演示）", check: publication.Check{Result: publication.AskAbove}}}},
		{"关于困难学生资助名单的通知", "本学期资助名单已经确定，相关情况由班主任与家长单独沟通，请留意学校的书面通知，有疑问请联系总务处。", nil,
			[]demoStep{demoSubmit, demoApprove, {post: "secrecy", do: publication.Withhold, reason: "受助学生名单属于个人隐私（演示）",
				check: publication.Check{Found: []publication.Point{publication.Privacy, publication.Minors}, Result: publication.NotPublic, Basis: "《政府信息公开条例》第十五条"}}}},
		{"关于寒假安排的通知", "寒假安排已经确定，请各位家长提前了解放假和返校时间，合理安排假期生活，注意假期安全。", released, []demoStep{demoSubmit, demoApprove, demoClear}},
		{"关于拟聘食堂供应商的公示", "经公开遴选，学校拟聘下一年度食堂食材供应商，现予公示。对公示内容有异议的，请在公示期内向总务处书面反映。", publicity, []demoStep{demoSubmit, demoApprove, demoClear}},
	}
}

// procedureDemo takes the items of one school to where they are to be seen;
// each item in one transaction, so that an interrupted demonstration goes on.
func (p *platform) procedureDemo(school *records.School, number int, plan demo.Plan) error {
	for i, item := range demoItems(p.options.Now()) {
		err := p.app.RunInTransaction(func(tx core.App) error {
			article, fresh, err := isNew(tx, records.Articles, fmt.Sprintf("%sprocedure/%d", plan.KeyPrefix(), i))
			if err != nil || !fresh {
				return err
			}
			article.Load(map[string]any{"school": school.ID, "column": "A0308", "title": item.title, "state": "draft", "author": demoPerson("editor", number)})
			if err := tx.Save(article); err != nil {
				return err
			}
			return p.takeDemoSteps(tx, article, item, number)
		})
		if err != nil {
			return fmt.Errorf("%s: %w", item.title, err)
		}
	}
	return nil
}

func (p *platform) takeDemoSteps(tx core.App, article *core.Record, item demoItem, number int) error {
	version, err := tx.FindFirstRecordByData(records.Versions, "article", article.Id)
	if err != nil {
		return err
	}
	version.Load(item.plans)
	version.Load(map[string]any{"body": "<p>" + item.text + "</p><p>" + demo.Notice + "</p>", "created_on": dayOf(p.options.Now().AddDate(0, 0, -3)), "author": demoPerson("editor", number),
		"writers": []string{demoPerson("editor", number)}})
	if err := tx.Save(version); err != nil {
		return err
	}
	c, err := tx.FindCachedCollectionByNameOrId(records.Steps)
	if err != nil {
		return err
	}
	for _, s := range item.steps {
		step := core.NewRecord(c)
		step.Load(map[string]any{"article": article.Id, "version": version.Id, "action": string(s.do), "reason": s.reason, "check": s.check,
			"by": demoPerson(s.post, number), "duty": demoDuty(s.post)})
		if err := tx.Save(step); err != nil {
			return fmt.Errorf("%s: %w", s.do, err)
		}
	}
	return nil
}

// demoPerson is the id of an account of the demonstration.
func demoPerson(post string, school int) string {
	return idOf(records.Staff, "demo "+demoPost{word: post}.email(school))
}

func demoDuty(post string) string {
	for _, p := range demoPosts {
		if p.word == post {
			return p.duties[0]
		}
	}
	return ""
}

// showDemoStates shows the first school's articles at every stage and in every state.
func (p *platform) showDemoStates(school *records.School, number int, code string, plan demo.Plan) error {
	if err := p.procedureDemo(school, number, plan); err != nil {
		return err
	}
	if plan.Articles <= 20 {
		return nil
	}
	moves := []demoStep{{do: publication.Expire}, {do: publication.Archive, post: "editor"}, {do: publication.Confirm, post: "editor"}, {do: publication.Conclude}}
	for i, s := range moves {
		if err := p.moveDemo(fmt.Sprintf("%s%s/%d", plan.KeyPrefix(), code, 8+i), s, number); err != nil {
			return fmt.Errorf("%s: %w", s.do, err)
		}
	}
	return nil
}

// moveDemo takes one step on an imported text.
func (p *platform) moveDemo(key string, s demoStep, number int) error {
	step, fresh, err := isNew(p.app, records.Steps, key)
	if err != nil || !fresh {
		return err
	}
	article, err := p.app.FindFirstRecordByData(records.Articles, "import_key", key)
	if err != nil {
		return err
	}
	step.Load(map[string]any{"article": article.Id, "version": article.GetString("published"), "action": string(s.do), "reason": s.reason})
	if s.post != "" {
		step.Load(map[string]any{"by": demoPerson(s.post, number), "duty": demoDuty(s.post)})
	}
	return p.app.Save(step)
}
