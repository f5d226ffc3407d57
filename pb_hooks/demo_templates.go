package pb_hooks

import (
	"fmt"

	"github.com/pocketbase/pocketbase/core"

	"gongkai/pb_hooks/inquiry"
	"gongkai/pb_hooks/records"
)

// demoTemplate is a template of answers, an example to change.
type demoTemplate struct {
	category    inquiry.CategoryCode
	title, text string
}

const demoClosing = "\n如还有疑问，可以在办公时间拨打（　　　　）联系（　　　　）。感谢您的来信。"

var (
	demoTemplates = []demoTemplate{
		{inquiry.Question, "答复咨询（示例）", "您好！您咨询的（　　　　）答复如下：\n一、……\n二、……\n依据是《……》，全文见本校“（　　　　）”栏目。" + demoClosing},
		{inquiry.Suggestion, "答复建议：采纳（示例）", "您好！您提出的（　　　　）建议很好，学校研究后决定采纳：从（　　　　）起……，由（　　　　）负责落实。" + demoClosing},
		{inquiry.Suggestion, "答复建议：暂不能采纳（示例）", "您好！您提出的（　　　　）建议，学校认真研究过。因为……，目前还不能采纳。现在的做法是……。条件变化时，我们会再研究。" + demoClosing},
		{inquiry.Complaint, "答复投诉（示例）", "您好！您反映的（　　　　）问题，学校于（　　　　）做了调查核实。\n经查：……\n处理结果：……\n今后的改进措施：……" + demoClosing},
		{inquiry.Help, "答复求助（示例）", "您好！您说的困难我们已经了解。学校可以提供的帮助是：……\n办理的方式：请于（　　　　）前联系（　　　　），需要准备的材料有……" + demoClosing},
		{inquiry.Mistake, "答复纠错（示例）", "您好！您指出的错误已经核对：原文“……”有误，已于（　　　　）更正为“……”。感谢您帮助我们改正。"},
		{inquiry.Bullying, "答复欺凌举报（示例）", "您好！您反映的情况，学校非常重视，已由学生欺凌治理组织开展调查，并先行采取了保护学生的措施：……\n目前的进展：……\n下一步：……\n调查和处理中，我们会保护学生的个人信息和隐私。需要帮助时，请随时联系（　　　　），电话（　　　　）。"},
		{inquiry.FoodSafety, "答复食品安全来信（示例）", "您好！您反映的食堂问题，学校当天做了检查，并查看了（　　　　）的留样和进货记录。\n检查情况：……\n处理措施：……\n孩子如有身体不适，请及时就医并告诉班主任。" + demoClosing},
	}
	demoTemplatesOfSchool = []demoTemplate{
		{inquiry.Question, "本校课后服务咨询（示例）", "您好！本校课后服务的时间是（　　　　），每学期开学前一周报名，自愿参加。安排和收费见本校“课后服务”栏目。" + demoClosing},
	}
)

// addedTemplates: somebody adds templates, one a minute; when leaves the minute open.
func addedTemplates(when, post string, templates []demoTemplate) (deeds []demoDeed) {
	for i, t := range templates {
		deeds = append(deeds, demoDeed{fmt.Sprintf(when, i), post, func(d *demoPlay, item demoItem, who *core.Record) error {
			r, _, err := isNew(d.app, records.AnswerTemplates, fmt.Sprintf("%s/%d", d.keyOf(item), i))
			if err != nil {
				return err
			}
			r.Load(map[string]any{"category": string(t.category), "title": t.title, "text": t.text})
			return d.save(who, r)
		}})
	}
	return deeds
}
