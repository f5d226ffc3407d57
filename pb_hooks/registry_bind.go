package pb_hooks

import (
	"github.com/pocketbase/pocketbase/core"

	"gongkai/pb_hooks/publication"
	"gongkai/pb_hooks/records"
)

// sealedOfRegistry is what only the key opens: with what the registry lets us in.
var sealedOfRegistry = []sealedField{{Collection: records.RegistrySources, Field: "secrets"}}

// bindRegistry keeps what was read and decided to the server, and reads beside it.
func bindRegistry(app core.App, p *platform) {
	p.registrar = newRegistrar(p)
	app.OnServe().BindFunc(func(se *core.ServeEvent) error { // before anybody can begin a run
		if err := p.registrar.endBroken(); err != nil {
			app.Logger().Error("end the readings of schools that broke off", "error", err)
		}
		return se.Next()
	})
	whileServing(app, p.registrar.work)
	refuse := func(e *core.RecordRequestEvent) error {
		return e.ForbiddenError("机构名单的对接在工作台“数据共享”中设置和处理，不能直接更改。", nil)
	}
	owned := []string{records.RegistrySources, records.RegistryRuns, records.RegistryLines, records.RegistryChoices}
	app.OnRecordCreateRequest(owned...).BindFunc(refuse)
	app.OnRecordUpdateRequest(owned...).BindFunc(refuse)
	app.OnRecordDeleteRequest(owned...).BindFunc(refuse)
}

// registryReader is what a person of the bureau may do with the registry.
type registryReader struct {
	Reads   bool // 监督员, 审核员, 审计员, 管理员
	Decides bool // 监督员, 管理员
	Manages bool // 管理员
}

func (p *platform) registryReaderOf(app core.App, person *core.Record) (r registryReader, err error) {
	if r.Manages, err = p.servesBureau(app, person, publication.Admin); err != nil {
		return r, err
	}
	if r.Decides, err = p.servesBureau(app, person, publication.Admin, publication.Supervisor); err != nil {
		return r, err
	}
	r.Reads, err = p.oversees(app, person)
	return r, err
}

func (p *platform) readsRegistry(e *core.RequestEvent) (registryReader, error) {
	r, err := p.registryReaderOf(e.App, e.Auth)
	if err == nil && !r.Reads {
		err = e.ForbiddenError("机构名单的对接由区教育局管理员、监督员、审核员和审计员查看。", nil)
	}
	return r, err
}

func (p *platform) decidesRegistry(e *core.RequestEvent) (registryReader, error) {
	r, err := p.registryReaderOf(e.App, e.Auth)
	if err == nil && !r.Decides {
		err = e.ForbiddenError("变更由区教育局管理员和监督员处理。", nil)
	}
	return r, err
}

func (p *platform) managesRegistry(e *core.RequestEvent) (registryReader, error) {
	r, err := p.registryReaderOf(e.App, e.Auth)
	if err == nil && !r.Manages {
		err = e.ForbiddenError("数据来源由区教育局管理员设置。", nil)
	}
	return r, err
}
