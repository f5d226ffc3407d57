package pb_hooks

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"gongkai/pb_hooks/demo"
	"gongkai/pb_hooks/registry"
)

// demoMovedIn is the place of the school whose old site came along.
const demoMovedIn = 4

// demoOldPages are the pages of that site: what real ones are like, and made up.
var demoOldPages = map[string]string{
	"info/2101.htm": demoOldPage("关于调整上学时间的通知", "2021-09-08", `<p>各位家长：从九月十三日起，学校上午到校时间调整为七点五十分，请合理安排接送时间。</p>`),
	"info/2102.htm": demoOldPage("校园开放日安排", "2022-05-16", `<p>五月二十八日上午举行校园开放日，参观路线和活动安排见校门口指示牌，欢迎家长参加。上学时间见<a href="2101.htm">此前的通知</a>。</p>`),
	"info/2103.htm": demoOldPage("运动会精彩回顾", "2023-10-20", `<p><a href="https://mp.weixin.qq.com/s?__biz=Demo&mid=1&idx=1&sn=demo&token=123456">点击查看</a></p>`),
	"info/2104.htm": demoOldPage("帮困助学公告", "2023-12-04", `<p>帮困助学申请已经受理，咨询电话 13900000000，身份证号 310112201001011233 的同学请补交材料。</p>`),
	"info/2105.htm": demoOldPage("期末安排", "01-10", `<p>期末考试安排见附件，<a href="/upload/gone.doc">期末考试安排表</a>已经发给各班，请家长配合做好复习。</p>`),
	"other/9.htm":   demoOldPage("阅读节活动方案", "2024-04-23", `<p>四月二十三日是世界读书日，学校举行阅读节，各班开展好书推荐和图书交换活动。</p>`),
}

func demoOldPage(title, day, body string) string {
	return fmt.Sprintf(`<!DOCTYPE html><html><head><meta charset="utf-8"><title>%s</title></head><body><h1>%s</h1><p class="date">%s</p><div class="body">%s</div></body></html>`,
		title, title, day, body)
}

// demoMoveIn moves a small old site in, by the command that moves real ones in.
func (p *platform) demoMoveIn(ctx context.Context, plan demo.Plan) (err error) {
	made := plan.Made()
	if len(made) < demoMovedIn || made[demoMovedIn-1].Status != registry.Open {
		return nil
	}
	dir, err := os.MkdirTemp("", "gongkai-old-site-*")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	site, mapping := filepath.Join(dir, "旧网站"), filepath.Join(dir, "mapping.json")
	for name, page := range demoOldPages {
		path := filepath.Join(site, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			return err
		}
		if err := os.WriteFile(path, []byte(page), 0o600); err != nil {
			return err
		}
	}
	text := fmt.Sprintf(`{"school":%q,"host":"old-school.example","articles":["**/*.htm"],"title":"h1","date":".date","body":".body",
		"columns":[{"path":"info/","column":"A0308"}],"otherwise":"A0309"}`, made[demoMovedIn-1].Code)
	if err := os.WriteFile(mapping, []byte(text), 0o600); err != nil {
		return err
	}
	return p.importSite(ctx, site, io.Discard, io.Discard, siteImport{apply: true, mapping: mapping, name: "旧网站 old-school.example", report: filepath.Join(dir, "report.xlsx"), batch: siteBatch})
}
