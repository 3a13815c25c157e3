// What the inflected forms of a Turkish word share: kitabı, kitaplar, kitaplarımızdan → kitap.
#pragma once

#include <string>
#include <string_view>

namespace izde::text {

// `word` as fold_case leaves it for "tr" (ı apart from i, accents in place, every apostrophe '). A suffix
// written after an apostrophe is gone first: ankara'nın → ankara, erdoğan'ın → erdoğan, kur'an stays. The
// stem is a key to compare, not always a word (dünya → düny). A word with letters that Turkish lacks (q, w,
// x, digits, other scripts, broken UTF-8), or too long to be one, loses only what follows its apostrophe.
// Snowball's stemmer has no part in it: it leaves verbs as they are. Takes two microseconds; may be called
// from any thread; never fails.
std::string stem_turkish(std::string_view word);

// The name or number before an apostrophe and suffixes (türkiye'nin, broncos'un, f-16'lar), otherwise the
// whole word (xi'an, o'neill). Holds for Azerbaijani as well.
std::string_view without_name_suffix(std::string_view word);

}  // namespace izde::text
