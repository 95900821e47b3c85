/* provider - see provider.h */

#include "provider.h"

#include <glib.h>

bool
provider_is_public(const char *domain)
{
	static const char *const providers[] = {
		/* of the world */
		"aol.com", "duck.com", "email.com", "fastmail.com", "fastmail.fm", "gmail.com",
		"gmx.com", "gmx.net", "googlemail.com", "hey.com", "hotmail.be", "hotmail.co.uk",
		"hotmail.com", "hotmail.de", "hotmail.fr", "hotmail.nl", "hushmail.com", "icloud.com",
		"live.be", "live.com", "live.nl", "mac.com", "mail.com", "mail.ru", "mailbox.org",
		"mailfence.com", "me.com", "msn.com", "naver.com", "outlook.be", "outlook.com",
		"outlook.de", "outlook.nl", "pm.me", "posteo.de", "posteo.net", "proton.me",
		"protonmail.ch", "protonmail.com", "qq.com", "163.com", "126.com", "rediffmail.com",
		"riseup.net", "disroot.org", "startmail.com", "tuta.com", "tuta.io", "tutanota.com",
		"tutanota.de", "yahoo.co.in", "yahoo.co.uk", "yahoo.com", "yahoo.de", "yahoo.fr",
		"yandex.com", "yandex.ru", "ymail.com", "zoho.com", "zohomail.eu", "simplelogin.com",
		"anonaddy.com", "addy.io", "cock.li", "dnmx.org",
		/* of a country */
		"bluewin.ch", "casema.nl", "chello.nl", "freenet.de", "gmx.at", "gmx.ch", "gmx.de",
		"hccnet.nl", "hetnet.nl", "home.nl", "kpnmail.nl", "kpnplanet.nl", "laposte.net",
		"online.nl", "orange.fr", "planet.nl", "proximus.be", "quicknet.nl", "skynet.be",
		"solcon.nl", "t-online.de", "tele2.nl", "telenet.be", "telfort.nl", "upcmail.nl",
		"web.de", "xs4all.nl", "zeelandnet.nl", "ziggo.nl",
		/* where researchers publish, or are called by */
		"bugcrowd.com", "bugcrowdninja.com", "github.com", "gitlab.com", "hackerone.com",
		"intigriti.com", "intigriti.me", "openbugbounty.org", "wearehackerone.com",
		"yeswehack.com", NULL
	};

	return g_strv_contains(providers, domain);
}
