#include "read/rtf_code_page.hpp"

#include <algorithm>
#include <array>

namespace izde::read {
namespace {

struct Named {
    int code_page;
    const char* encoding;
};
constexpr auto named = std::to_array<Named>({{437, "IBM437"},
                                             {708, "ISO-8859-6"},
                                             {850, "IBM850"},
                                             {852, "IBM852"},
                                             {855, "IBM855"},
                                             {857, "IBM857"},
                                             {866, "IBM866"},
                                             {874, "windows-874"},
                                             {932, "Shift_JIS"},
                                             {936, "GB18030"},
                                             {949, "windows-949"},
                                             {950, "Big5"},
                                             {10000, "macintosh"},
                                             {10007, "x-mac-cyrillic"},
                                             {20866, "KOI8-R"},
                                             {28595, "ISO-8859-5"},
                                             {54936, "GB18030"},
                                             {65001, "UTF-8"}});

struct Charset {
    int charset;
    int code_page;
};
constexpr auto charsets = std::to_array<Charset>({{77, 10000},
                                                  {128, 932},
                                                  {129, 949},
                                                  {134, 936},
                                                  {136, 950},
                                                  {161, 1253},
                                                  {162, 1254},
                                                  {163, 1258},
                                                  {177, 1255},
                                                  {178, 1256},
                                                  {186, 1257},
                                                  {204, 1251},
                                                  {222, 874},
                                                  {238, 1250},
                                                  {254, 437},
                                                  {255, 850}});

}  // namespace

std::string encoding_of(int code_page) {
    const auto known = std::ranges::find(named, code_page, &Named::code_page);
    if (known != named.end()) return known->encoding;
    return code_page >= 1250 && code_page <= 1258 ? "windows-" + std::to_string(code_page) : "windows-1252";
}

int page_of_charset(int charset) {
    const auto known = std::ranges::find(charsets, charset, &Charset::charset);
    return known == charsets.end() ? 0 : known->code_page;
}

}  // namespace izde::read
