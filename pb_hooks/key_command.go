package pb_hooks

import (
	"context"
	"errors"
	"fmt"
	"io"
	"time"

	"github.com/pocketbase/pocketbase/core"
	"github.com/spf13/cobra"

	"gongkai/pb_hooks/sealed"
)

// keyCommand is "gongkai key": a new data key, the state of things, rotation.
func keyCommand(app core.App) *cobra.Command {
	root := &cobra.Command{Use: "key", Short: "加密保存个人信息的数据密钥"}
	root.AddCommand(&cobra.Command{
		Use: "new", Short: "生成一把数据密钥并说明怎样使用", Args: cobra.NoArgs, SilenceUsage: true,
		Annotations: map[string]string{NeedsNoData: ""},
		Example:     "  gongkai key new | sudo tee -a /etc/gongkai/data.key",
		RunE: func(cmd *cobra.Command, _ []string) error {
			return printNewKey(cmd.OutOrStdout(), cmd.ErrOrStderr(), time.Now())
		},
	}, &cobra.Command{
		Use: "status", Short: "数据密钥从哪里来，哪些内容用哪把密钥加密", Args: cobra.NoArgs, SilenceUsage: true,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return printKeyStatus(cmd.OutOrStdout(), gatherDataKey(cmd.Context(), app))
		},
	}, &cobra.Command{
		Use: "rotate", Short: "把旧密钥加密的内容全部改用现用密钥（可在服务运行时执行，可以中断后再执行）", Args: cobra.NoArgs, SilenceUsage: true,
		RunE: func(cmd *cobra.Command, _ []string) error {
			ctx, done := untilInterrupted(cmd.Context(), app)
			defer done()
			return bound(app).rotate(ctx, cmd.OutOrStdout(), cmd.ErrOrStderr())
		},
	}, &cobra.Command{
		Use: "forget 编号", Short: "丢失的密钥没有用过时，让服务不再需要它", Args: cobra.ExactArgs(1), SilenceUsage: true,
		RunE: func(cmd *cobra.Command, args []string) error {
			if err := bound(app).forgetKey(cmd.Context(), args[0]); err != nil {
				return err
			}
			_, err := fmt.Fprintf(cmd.OutOrStdout(), "服务不再需要密钥 %s。\n", args[0])
			return err
		},
	})
	return root
}

// printNewKey prints what belongs into a key file, and beside it what to do.
func printNewKey(out, beside io.Writer, now time.Time) error {
	key := sealed.NewKey()
	ring, err := sealed.ParseKeys(key)
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(out, "# 数据密钥 %s，%s 生成。一行一把，最后一行是现用密钥；旧密钥不要删改。\n%s\n", ring.CurrentID(), dayOf(now), key)
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(beside, `
以上两行是一把新的数据密钥。个人信息用它加密保存；备份里没有它，丢失后个人信息无法解开。
1. 加到密钥文件末尾，不要覆盖已有的密钥：gongkai key new | sudo tee -a /etc/gongkai/data.key >/dev/null
2. 密钥文件只给运行服务的用户读：chmod 400；不能放在数据目录里。
3. 设置环境变量 %s=/etc/gongkai/data.key，重启服务，用 gongkai doctor 检查。
4. 在别处另存一份密钥文件，例如打印出来锁进保险柜。
更换密钥：同样加在末尾，重启服务，再执行 gongkai key rotate。
`, dataKeyFileEnv)
	return err
}

func printKeyStatus(out io.Writer, f dataKeyFacts) error {
	if f.keys.ring != nil {
		fmt.Fprintln(out, "来源："+f.keys.from)
		for _, id := range f.keys.ring.IDs() {
			fmt.Fprintf(out, "  %s  %s\n", id, keyRole(f, id))
		}
	}
	for _, k := range f.known {
		if !f.isHere(k.ID) {
			fmt.Fprintf(out, "  %s  数据库需要，但不在手上\n", k.ID)
		}
	}
	for _, c := range f.counts {
		key := "明文"
		if c.Key != "" {
			key = "密钥 " + c.Key
		}
		fmt.Fprintf(out, "  %s.%s：%s，%d 项\n", c.Field.Collection, c.Field.Field, key, c.Count)
	}
	judged := judgeDataKey(f)
	fmt.Fprintf(out, "%s：%s\n", judged.Check, judged.Found)
	if judged.Todo != "" {
		fmt.Fprintf(out, "→ %s\n", judged.Todo)
	}
	if judged.Level == fault {
		return errors.New("数据密钥有问题，见上")
	}
	return nil
}

func keyRole(f dataKeyFacts, id string) string {
	switch isUsed := isKnown(f.known, id); {
	case id == f.keys.ring.CurrentID() && isUsed:
		return "现用密钥"
	case id == f.keys.ring.CurrentID():
		return "现用密钥，重启服务后开始使用"
	case isUsed:
		return "旧密钥"
	}
	return "旧密钥，数据库里没有用它加密的内容"
}

// rotate is "gongkai key rotate".
func (p *platform) rotate(ctx context.Context, out, progress io.Writer) error {
	if err := p.openKeys(); err != nil {
		return err
	}
	ring := p.keyring()
	known, err := knownKeys(p.app)
	switch {
	case err != nil:
		return err
	case ring == nil:
		return errors.New("没有数据密钥，没有可以更换的；生成密钥：gongkai key new")
	case !isKnown(known, ring.CurrentID()):
		return unknownKey(ring)
	}
	counts, err := countSealed(ctx, p.app, sealedFields)
	if err != nil {
		return err
	}
	total := 0
	for _, c := range counts {
		if c.Key != ring.CurrentID() {
			total += c.Count
		}
	}
	bar := articleBar(progress, "更换密钥", total)
	r := &rotation{app: p.app, ring: ring, told: bar.at}
	err = r.all(ctx)
	bar.end()
	if errors.Is(err, context.Canceled) {
		return fmt.Errorf("已停止，完成 %d 项；再次运行同一命令即可继续", r.done)
	}
	if err != nil {
		return err
	}
	retired, err := r.retire(ctx, p)
	if err != nil {
		return err
	}
	return tellRotation(out, r, retired)
}

// shownFailures is how many of what could not be opened are named.
const shownFailures = 20

func tellRotation(out io.Writer, r *rotation, retired []string) error {
	fmt.Fprintf(out, "已把 %d 项改用现用密钥 %s 加密。\n", r.done, r.ring.CurrentID())
	for _, id := range retired {
		fmt.Fprintf(out, "旧密钥 %s 已经不用：可以从密钥文件移走。在此之前的备份仍需要它，请另存到这些备份都删除为止。\n", id)
	}
	for i, err := range r.failed {
		if i == shownFailures {
			fmt.Fprintf(out, "……另有 %d 项\n", len(r.failed)-i)
			break
		}
		fmt.Fprintln(out, "✗ "+err.Error())
	}
	if n := len(r.failed); n > 0 {
		return fmt.Errorf("%d 项解不开，没有改动，旧密钥还要保留", n)
	}
	return nil
}
