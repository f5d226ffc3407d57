package pb_hooks

import (
	"crypto/hkdf"
	"crypto/sha256"
	"errors"
	"fmt"
	"math"
	"net/http"
	"strconv"
	"time"

	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/router"

	"gongkai/pb_hooks/altcha"
	"gongkai/pb_hooks/records"
	"gongkai/pb_hooks/throttle"
)

// doors hold back whoever comes without an account to file something or to look a
// filing up. A filing goes through them in this order:
//
//	p.paceFilings(e)                  every attempt, before its body is read
//	p.checkProof(payload, key)        key is the filing's idempotency key
//	…                                 known key? the same receipt; wrong fields? 400, nothing is spent
//	p.paceContact(e, hash)            what would be filed, outside of the transaction
//	p.spend(ticket)                   in the transaction: last of all, or before a number is
//	                                  taken, since the same key may spend it again
//
// and looking one up through p.tryCode.
type doors struct {
	proof                         *altcha.Door // nil outside of serve
	challenges, filings, contacts throttle.Pacer
	sayings, said                 throttle.Pacer // what visitors say of what is published
	feeds, floods                 throttle.Pacer // subscribers that pull, and too often
	visitors, numbers             throttle.Guesses
}

var (
	// challengePace has room for a classroom or a mobile network behind one address.
	challengePace = throttle.Pace{Count: 120, Per: time.Minute, AtOnce: 60}
	// contactPace is what one telephone number or mailbox may file.
	contactPace = throttle.Pace{Count: 5, Per: 24 * time.Hour, AtOnce: 5}

	// A query code has 32⁸ values, so nobody finds one at this pace. Nor is anybody
	// kept out for long: many may sit behind one address, and anybody can type wrong
	// codes for somebody else's number, which bears more for that.
	visitorPatience = throttle.Patience{Free: 10, First: 15 * time.Second, Longest: 10 * time.Minute, Forgotten: time.Hour}
	numberPatience  = throttle.Patience{Free: 20, First: 15 * time.Second, Longest: 10 * time.Minute, Forgotten: time.Hour}
)

// bindDoors takes a key for proofs that lasts as long as the database: a form that
// was half filled when the server was started again can still be sent.
func bindDoors(app core.App, p *platform) {
	app.OnServe().BindFunc(func(se *core.ServeEvent) error {
		staff, err := se.App.FindCollectionByNameOrId(records.Staff)
		if err != nil {
			return err
		}
		key, err := hkdf.Key(sha256.New, []byte(staff.AuthToken.Secret), nil, "gongkai proof of work v1", sha256.Size)
		if err != nil {
			return err
		}
		p.doors.proof = altcha.New(key, p.options.Proof)
		return se.Next()
	})
}

// challenge hands out a proof of work. It is cheap, and nothing is stored.
func (p *platform) challenge(e *core.RequestEvent) error {
	if wait := p.doors.challenges.Take(p.network(e), challengePace, p.options.Now()); wait > 0 {
		return tooMany(e, wait, "操作太频繁了")
	}
	e.Response.Header().Set("Cache-Control", "no-store")
	return e.JSON(http.StatusOK, p.doors.proof.Challenge(p.options.Now()))
}

// network is what a visitor is counted by.
func (p *platform) network(e *core.RequestEvent) string {
	return throttle.Network(p.clientIP(e.Request))
}

// checkProof verifies the payload that came with a filing, of which key is the
// idempotency key. It fails with a sentence at the field proof.
func (p *platform) checkProof(payload, key string) (altcha.Ticket, error) {
	ticket, err := p.doors.proof.Check(payload, key, p.options.Now())
	var invalid altcha.Invalid
	if errors.As(err, &invalid) {
		p.app.Logger().Debug("proof of work refused", "cause", invalid.Cause)
	}
	return ticket, proofProblem(err)
}

// spend lets the filing in, or fails as checkProof does: then file nothing.
func (p *platform) spend(ticket altcha.Ticket) error {
	if ticket.Spend(p.options.Now()) {
		return nil
	}
	return proofProblem(altcha.Spent{})
}

func proofProblem(err error) error {
	var coded interface{ Code() string }
	if errors.As(err, &coded) {
		return refused("proof", coded.Code(), err.Error())
	}
	return err
}

// paceFilings holds each address to the filings per hour that the district set.
func (p *platform) paceFilings(e *core.RequestEvent) error {
	d, err := p.directory()
	if err != nil {
		return err
	}
	if wait := p.doors.filings.Take(p.network(e), throttle.PerHour(d.District.FilingsPerHour), p.options.Now()); wait > 0 {
		return tooMany(e, wait, "这个网络提交得太频繁了")
	}
	return nil
}

// paceContact holds each contact to a few filings a day. contact is the keyed hash
// of a telephone number or mail address, which the doors need not know; without
// one there is nothing to count by.
func (p *platform) paceContact(e *core.RequestEvent, contact string) error {
	if contact == "" {
		return nil
	}
	if wait := p.doors.contacts.Take(contact, contactPace, p.options.Now()); wait > 0 {
		return tooMany(e, wait, "这个联系方式今天提交得太多了")
	}
	return nil
}

// tryCode counts an attempt to look up a number by its code, or refuses it. It
// knows only what the visitor typed, so it is the same for numbers that exist and
// for those that do not. Call right when the code was right.
func (p *platform) tryCode(e *core.RequestEvent, number string) (right func(), err error) {
	visitor, now := p.network(e), p.options.Now()
	wait := p.doors.visitors.Try(visitor, visitorPatience, now)
	if wait == 0 {
		wait = p.doors.numbers.Try(number, numberPatience, now)
	}
	if wait > 0 {
		return nil, tooMany(e, wait, "编号或查询码输错次数过多")
	}
	return func() {
		p.doors.visitors.TakeBack(visitor) // not Forget: one's own code would pay for guesses at others'
		p.doors.numbers.Forget(number)
	}, nil
}

// tryLink is tryCode for the secret of a link, which is too long to be guessed: only
// who tries is counted.
func (p *platform) tryLink(e *core.RequestEvent) (right func(), err error) {
	visitor := p.network(e)
	if wait := p.doors.visitors.Try(visitor, visitorPatience, p.options.Now()); wait > 0 {
		return nil, tooMany(e, wait, "网址输错次数过多")
	}
	return func() { p.doors.visitors.TakeBack(visitor) }, nil
}

// tooMany is the answer to whoever is too quick: why, and when to try again.
func tooMany(e *core.RequestEvent, wait time.Duration, why string) error {
	seconds := int(math.Ceil(wait.Seconds()))
	e.Response.Header().Set("Retry-After", strconv.Itoa(seconds))
	when := fmt.Sprintf("%d 秒", seconds)
	switch minutes := (seconds + 59) / 60; {
	case minutes > 120:
		when = fmt.Sprintf("%d 小时", (minutes+59)/60)
	case seconds > 90:
		when = fmt.Sprintf("%d 分钟", minutes)
	}
	return router.NewApiError(http.StatusTooManyRequests, why+"，请 "+when+"后再试。", nil)
}
