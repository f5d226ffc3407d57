package pb_hooks

import (
	"github.com/pocketbase/pocketbase/core"

	"gongkai/pb_hooks/publication"
	"gongkai/pb_hooks/records"
	"gongkai/pb_hooks/webhook"
)

// pushAgent is who sends, in the header User-Agent.
const pushAgent = "gongkai-webhook/1"

// ownedByPush are the collections that only the server writes.
var ownedByPush = []string{records.PushSubscribers, records.PushDeliveries, records.PushAttempts, records.PushOutcomes, records.PushFeed, records.PushRounds}

// sealedOfPush are the keys that deliveries are signed with.
var sealedOfPush = []sealedField{{Collection: records.PushSubscribers, Field: "signing_key"}, {Collection: records.PushSubscribers, Field: "old_signing_key"}}

// bindPush tells subscribers what happens to schools. Every way in which a school
// or a correction is written passes here, in the transaction of the write.
func bindPush(app core.App, p *platform) {
	if p.options.Push == nil {
		p.options.Push = &webhook.Sender{Agent: pushAgent}
	}
	p.courier = newCourier(p)
	whileServing(app, p.courier.untilStopped)
	refuse := func(e *core.RecordRequestEvent) error {
		return e.ForbiddenError("推送的记录由系统写入，不能直接更改。", nil)
	}
	app.OnRecordCreateRequest(ownedByPush...).BindFunc(refuse)
	app.OnRecordUpdateRequest(ownedByPush...).BindFunc(refuse)
	app.OnRecordDeleteRequest(ownedByPush...).BindFunc(refuse)

	tell := inTx(p.tellOfSchool)
	app.OnRecordCreateExecute(records.Schools).BindFunc(tell)
	app.OnRecordUpdateExecute(records.Schools).BindFunc(tell)
	app.OnRecordDeleteExecute(records.Schools).BindFunc(tell)
	offer := inTx(p.tellOfCorrection)
	app.OnRecordCreateExecute(records.SchoolCorrections).BindFunc(offer)
	app.OnRecordUpdateExecute(records.SchoolCorrections).BindFunc(offer)
}

// Who manages subscribers and who reads what they were told.
var (
	managePush = []publication.Duty{publication.Admin}
	readPush   = []publication.Duty{publication.Admin, publication.Supervisor, publication.Reviewer, publication.Auditor}
)

// mayPush refuses a person without one of the duties at the bureau.
func (p *platform) mayPush(app core.App, e *core.RequestEvent, duties []publication.Duty) error {
	may, err := p.servesBureau(app, e.Auth, duties...)
	switch {
	case err != nil || may:
		return err
	case len(duties) == len(managePush):
		return e.ForbiddenError("推送由区级管理员管理。", nil)
	}
	return e.ForbiddenError("推送由区级管理员、监督员、审核员和审计员查看。", nil)
}
