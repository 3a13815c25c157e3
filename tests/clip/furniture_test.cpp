// What of a text is no part of its story, line by line, and what only looks so.
#include <catch2/catch.hpp>

#include "clip/furniture.hpp"

using izde::clip::judge;

namespace {

void check_furniture(const std::vector<const char*>& lines) {
    for (const char* line : lines) {
        CAPTURE(line);
        CHECK(judge(line).is_furniture);
    }
}

void check_story(const std::vector<const char*>& lines) {
    for (const std::string line : lines) {
        CAPTURE(line);
        const auto verdict = judge(line);
        CHECK_FALSE(verdict.is_furniture);
        CHECK(verdict.story_end == line.size());
    }
}

}  // namespace

TEST_CASE("addresses, names of images, page numbers, tags and trails are furniture in any language",
          "[clip]") {
    check_furniture({"https://a.example/bridge", "www.a.example", "IMG_2041.jpg",
                     "1643108971_photo-scaled.jpeg", "мост_1.png", "1/3", "[2/3]", "#bridge #river", "#мост",
                     "#көпір", "@steppeherald", "news@steppe.example", "pic.example.com/9dKe0sOngK",
                     "Home > City > Bridges", "Главная › Город › Мосты", "X  Telegram  WhatsApp",
                     "Facebook | Twitter | VK"});
}

TEST_CASE("English furniture of each kind is told", "[clip]") {
    check_furniture({"Photo: Jane Doe",
                     "Photo credit: the council",
                     "The old bridge. Photo: Jane Doe / Reuters",
                     "The old bridge in winter. (Photo by Jane Doe)",
                     "Image: Getty Images",
                     "Share this article",
                     "Share",
                     "Read also: Ferry stops for the winter",
                     "Also Read: Ferry stops for the winter",
                     "Related articles",
                     "Comments (12)",
                     "12 comments",
                     "Leave a comment",
                     "5 min read",
                     "1,204 views",
                     "We use cookies to make this site better.",
                     "Subscribe to our newsletter",
                     "Sign up for our newsletter and get the news of the week in your inbox.",
                     "© 2024 The Steppe Herald. All rights reserved.",
                     "Copyright 2024 The Steppe Herald",
                     "© steppe.example",
                     "Copyright by Jane Doe",
                     "All rights reserved",
                     "Follow us on Telegram",
                     "Skip to content",
                     "Print",
                     "Advertisement"});
}

TEST_CASE("Russian furniture of each kind is told", "[clip]") {
    check_furniture({"Фото: Анна Иванова", "Старый мост. Фото: Анна Иванова", "Фото из архива", "Поделиться",
                     "Читайте также: Паром встал на зиму", "Читайте также", "Комментарии (12)",
                     "12 комментариев", "Просмотров: 1204", "Подписывайтесь на наш канал в Telegram",
                     "Подпишитесь на нашу рассылку", "Мы используем файлы cookie", "Все права защищены",
                     "© 2024 Степной вестник", "Копирование материалов запрещено", "Реклама",
                     "Версия для печати", "Нашли ошибку? Выделите ее и нажмите Ctrl+Enter"});
}

TEST_CASE("Kazakh furniture of each kind is told", "[clip]") {
    check_furniture({"Фото: Айгүл Сейітова", "Сурет: Айгүл Сейітова", "Бөлісу", "Тағы оқыңыз: Паром тоқтады",
                     "Сондай-ақ оқыңыз", "Пікірлер (12)", "Пікір қалдыру", "Қаралым: 1204",
                     "Telegram арнамызға жазылыңыз", "Барлық құқықтар қорғалған", "© 2024 Дала хабаршысы",
                     "Жарнама"});
}

TEST_CASE("Chinese furniture of each kind is told", "[clip]") {
    check_furniture({"图：张三", "摄影：张三", "旧桥。图片来源：新华社", "分享到：", "分享", "相关阅读",
                     "延伸阅读：渡轮停航", "评论 12", "阅读量：1204", "扫码关注我们", "关注我们的微信公众号",
                     "版权所有 未经许可不得转载", "广告", "返回首页"});
}

TEST_CASE("Turkish furniture of each kind is told", "[clip]") {
    check_furniture({"Fotoğraf: Ayşe Yılmaz", "Foto: AA", "Paylaş", "Ayrıca okuyun: Vapur durdu",
                     "İlgili haberler", "Yorumlar (12)", "Yorum yap", "Bültenimize abone olun",
                     "Tüm hakları saklıdır", "© 2024 Bozkır Postası", "Reklam", "Yazdır"});
}

TEST_CASE("German furniture of each kind is told", "[clip]") {
    check_furniture({"Foto: Anna Müller/dpa", "Die alte Brücke. Foto: Anna Müller", "Bild: dpa",
                     "Artikel teilen", "Lesen Sie auch: Fähre fährt nicht", "Mehr zum Thema",
                     "Kommentare (12)", "Kommentar schreiben", "Lesezeit: 5 Minuten",
                     "Jetzt unseren Newsletter abonnieren", "Wir verwenden Cookies",
                     "Alle Rechte vorbehalten", "© 2024 Steppenbote", "Anzeige", "Zum Inhalt springen"});
}

TEST_CASE("a story that only begins like furniture stays", "[clip]") {
    check_story({"Share prices fell on Monday as the bank raised its rate for the third time this year.",
                 "Photo credit regulation was debated in the parliament on Monday for three hours.",
                 "Comments by the president drew loud protest from the opposition on Monday.",
                 "Read more books, minister says",
                 "Print runs of newspapers have fallen by a half, the council said.",
                 "Advertisement spending grew by five percent last year, the bank said on Monday.",
                 "Related costs were not counted, the head of the council told the meeting.",
                 "Photographs of the bridge were shown in the hall on Monday.",
                 "The views of the river draw visitors from the whole country.",
                 "Copyright law will be changed by the parliament next spring, the minister said.",
                 "“Share this with your friends,” the mayor told the crowd on Monday."});
    check_story({"Поделиться опытом приехали строители из трех соседних областей страны.",
                 "Фотография старого моста висит в кабинете главы города с прошлого года.",
                 "Комментарии президента вызвали споры в парламенте в понедельник утром.",
                 "Реклама лекарств будет ограничена со следующего года, сообщили в министерстве.",
                 "Читайте больше книг, советует министр",
                 "Пікірлер екіге бөлінді, деді қала әкімі дүйсенбі күнгі жиналыста.",
                 "Жарнама нарығы былтыр бес пайызға өсті, деп хабарлады банк.",
                 "Суретші көпірдің суретін үш ай бойы салды, деді мұражай басшысы."});
    check_story({"分享经济在这座城市发展迅速，市议会星期一讨论了有关规定。",
                 "评论家认为这座大桥是近年来最好的建筑之一。", "广告支出去年增长了百分之五，银行星期一说。",
                 "摄影展星期一在市政厅开幕，展出大桥的照片。",
                 "Paylaşım ekonomisi kentte hızla büyüyor, dedi belediye başkanı pazartesi günü.",
                 "Yorumcular köprünün son yılların en iyi yapısı olduğunu söylüyor.",
                 "Reklam harcamaları geçen yıl yüzde beş arttı, dedi banka.",
                 "Bilder der alten Brücke wurden am Montag im Rathaus gezeigt.",
                 "Anzeige erstattete die Stadt gegen den Besitzer der Fähre am Montag.",
                 "Kommentare des Präsidenten sorgten am Montag für Streit im Parlament.",
                 "Teilen der Stadt fehlte am Montag der Strom, sagte der Bürgermeister."});
}

TEST_CASE("a credit behind a paragraph of the story is cut off, the paragraph stays", "[clip]") {
    const std::string story =
        "The council met on Monday. It agreed to build the bridge. Work begins in spring! ";
    for (const std::string credit : {"Photo: Jane Doe", "Фото: Анна Иванова", "Foto: Anna Müller/dpa"}) {
        CAPTURE(credit);
        const auto verdict = judge(story + credit);
        CHECK_FALSE(verdict.is_furniture);
        CHECK(verdict.story_end == story.size());
    }
}

TEST_CASE("nothing is no furniture, nor is a paragraph of many lines", "[clip]") {
    CHECK_FALSE(judge("").is_furniture);
    std::string paragraph;
    for (int i = 0; i < 20; ++i) paragraph += "Share prices fell on Monday, comments (3) were made. ";
    CHECK_FALSE(judge(paragraph).is_furniture);
}

TEST_CASE("a breadcrumb of sections is told from a title", "[clip]") {
    for (const char* line :
         {"Home / News / Economy", "Экономика | Общество", "Қоғам", "经济", "Wirtschaft / Politik"}) {
        CAPTURE(line);
        CHECK(izde::clip::is_section_line(line));
    }
    for (const char* line : {"Economy grows by five percent", "Экономика растет", "", "12", "经济增长放缓"}) {
        CAPTURE(line);
        CHECK_FALSE(izde::clip::is_section_line(line));
    }
}
