package inquiry

import (
	"strings"
	"testing"
)

func letterSaying(text string) Letter {
	return Letter{Channel: Mailbox, Category: Suggestion, Fields: map[string]string{"title": "关于课后服务", "text": text}}
}

func TestWhatLooksLikeSpamIsToldInWords(t *testing.T) {
	for text, want := range map[string]string{
		"请看 https://a.example.cn/1 和 https://b.example.cn/2": "含有 2 个网址",
		"点www.a.com，点www.b.com，还有c.top":                      "含有 3 个网址",
		"救救我们啊啊啊啊啊啊啊啊啊啊啊啊":                                   "“啊”连续重复",
		"请给一个说法。请给一个说法！请 给一个说法":                              "同一句话重复 3 次",
		"高薪兼职，加 微信 abc，刷单日结":                                 "含有广告用语：加微信、刷单",
		"你们就是一群王八蛋":                                          "含有辱骂用语：王八蛋",
		"加VX有惊喜 http://a.cn http://b.cn 111111111111 去死吧去死吧": "含有 2 个网址；“1”连续重复；含有广告用语：加vx；含有辱骂用语：去死吧",
	} {
		if got := strings.Join(letterSaying(text).Suspicions(), "；"); got != want {
			t.Errorf("%s: %q, want %q", text, got, want)
		}
	}
}

func TestAnOrdinaryLetterIsNotSuspicious(t *testing.T) {
	for _, text := range []string{
		"希望下学期的课后服务能有科学实验。",
		"学校网页 https://school.example.cn/s/1/2 上的校历打不开，请联系 wang@example.cn 或者 li@mail.example.com。",
		"一、食堂。二、校服。三、作业。\n----------------\n谢谢！谢谢！谢谢！！！！！！！！！！！！",
		"孩子学号 20260000001，电话 13800138000，请问助学贷款怎样办证明？",
		"3.5 公里的路 v1.2.3 版，9.00 元",
	} {
		if got := letterSaying(text).Suspicions(); len(got) > 0 {
			t.Errorf("%s: %v", text, got)
		}
	}
}

func TestAChildInNeedIsNotStoppedByAListOfWords(t *testing.T) {
	for _, c := range Categories() {
		l := letterSaying("他骂我傻逼，让我去死吧，救我救我，救我救我，救我救我 http://a.cn http://b.cn")
		l.Category = c.Code
		if held := len(l.Suspicions()) > 0 || len(l.Alike(5, 50)) > 0; held == c.Urgent {
			t.Errorf("%s: held %v", c.Name, held)
		}
	}
}

func TestTheSameLetterAgainIsSuspicious(t *testing.T) {
	l := letterSaying("请把操场的开放时间贴在校门口。")
	for _, c := range []struct {
		text, contact int
		want          string
	}{
		{0, 0, ""}, {0, ManyLately - 1, ""}, {1, 1, "30 天内已经收到 1 件内容相同的来信"}, {0, ManyLately, "这个联系方式 7 天内已经来信 10 件"},
		{9, 12, "30 天内已经收到 9 件内容相同的来信；这个联系方式 7 天内已经来信 12 件"},
	} {
		if got := strings.Join(l.Alike(c.text, c.contact), "；"); got != c.want {
			t.Errorf("%d, %d: %q, want %q", c.text, c.contact, got, c.want)
		}
	}
	if got := letterSaying("几点放学？").Alike(3, 0); len(got) > 0 {
		t.Errorf("a short question: %v", got)
	}
}
