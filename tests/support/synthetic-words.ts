/** How a language names what cameras look at: its words, and patterns in which X and Y are words and # is a number. */
export type Language = { readonly words: readonly string[]; readonly patterns: readonly string[] };

const combine = (first: string, second: string, join = ""): string[] =>
  second.split(" ").flatMap((end) => first.split(" ").map((start) => start + join + end));

const CYRILLIC = combine(
  "Нев Московск Ленинградск Садов Ленинск Советск Октябрьск Первомайск Центральн Лесн Зелён Берегов Вокзальн Заводск Школьн Полев Набережн Волжск Уральск Кировск Гагаринск Пушкинск Чеховск Северн Южн Восточн Западн Рабоч Мирн Речн",
  "ая ий ый ое ского ной",
);
const JAPANESE = combine(
  "東 西 南 北 上 中 下 新 大 小 高 山 川 田 松 桜 青 白 黒 金 石 森 林 浜 島 宮 本 原 野 谷",
  "京 町 橋 田 川 山 崎 島 原 野 谷 木 沢 村 浦 井 口 坂 台 丘",
);
const CHINESE = combine(
  "人民 中山 解放 建设 和平 南京 北京 上海 长江 黄河 文化 新华 胜利 光明 友谊 滨海 青年 体育 科技 环城 朝阳 东方 西湖 天河 龙华",
  "东 西 南 北 中 一 二 大 新",
);
const KOREAN = combine(
  "강남 종로 세종 한강 중앙 동대문 남산 시청 대학 올림픽 서해 동해 평화 신촌 송도 해운대 광안 부평 수원 성남",
  "대 북 남 동 서 중앙 역 천",
);
const THAI = combine(
  "สุขุมวิท พหลโยธิน รัชดา เพชรบุรี สีลม สาทร พระราม วิภาวดี ลาดพร้าว งามวงศ์วาน",
  "เหนือ ใต้ ตะวันออก ตะวันตก ใหม่ เก่า",
);
const ARABIC = combine(
  "شارع طريق ميدان جسر كورنيش",
  "الملك النيل التحرير السلام الجامعة المطار النصر الحرية البحر المدينة الثورة الشيخ",
  " ",
);
const HINDI = combine("महात्मा नेहरू राजीव सुभाष इंदिरा शिवाजी पटेल तिलक", "मार्ग चौक नगर पुल रोड", " ");
const GREEK = combine("Λεωφόρος Οδός Πλατεία Γέφυρα", "Αθηνών Κηφισίας Συγγρού Αλεξάνδρας Ομονοίας Συντάγματος", " ");

/** Languages whose script has no place names among the cities' own; all others take their words from those. */
const OWN_SCRIPTS: Readonly<Record<string, Language>> = {
  ru: { words: CYRILLIC, patterns: ["X улица – Y проспект", "X шоссе, # км", "X мост", "X площадь"] },
  ja: { words: JAPANESE, patterns: ["国道#号 X交差点", "X橋", "X港 Yライブカメラ", "県道#号 X"] },
  zh: { words: CHINESE, patterns: ["X路-Y路口", "G#高速 X", "X大桥", "X广场"] },
  ko: { words: KOREAN, patterns: ["X로 Y사거리", "경부고속도로 #km X", "X대교"] },
  th: { words: THAI, patterns: ["ถนนX แยกY", "สะพานX", "ทางหลวงหมายเลข # X"] },
  ar: { words: ARABIC, patterns: ["X - تقاطع Y", "X كم #", "X"] },
  hi: { words: HINDI, patterns: ["X – Y", "NH-# X", "X टोल प्लाज़ा"] },
  el: { words: GREEK, patterns: ["X – Y", "X, χλμ #"] },
};

const LATIN_PATTERNS: Readonly<Record<string, readonly string[]>> = {
  en: ["X Rd at Y Ave", "I-# NB at X", "X Bridge", "X Harbour", "SR # @ Y St", "X St & Y Blvd", "US # S of X"],
  pt: ["Av. X com Rua Y", "BR-# km X", "Ponte X", "Praça X", "Praia de X"],
  es: ["Calle X con Av. Y", "Autopista # – X", "Puente X", "Glorieta de X", "Playa de X"],
  fr: ["Rue X – Carrefour Y", "A# Échangeur de X", "Pont de X", "Port de X", "Place X"],
  de: ["Xstraße / Yplatz", "A# Anschlussstelle X", "Xbrücke", "Hafen X", "B# Höhe X"],
  it: ["Via X – Piazza Y", "A# Svincolo di X", "Ponte X", "Porto di X"],
  tr: ["X Caddesi – Y Kavşağı", "D# X", "X Köprüsü"],
  vi: ["Đường X – Ngã tư Y", "Quốc lộ # X", "Cầu X"],
  pl: ["ul. X / al. Y", "DK# węzeł X", "Most X"],
};

const LANGUAGE_OF: Readonly<Record<string, string>> = {
  ...Object.fromEntries(["RU", "UA", "BY", "KZ", "BG"].map((country) => [country, "ru"])),
  ...Object.fromEntries(["CN", "TW", "HK", "MO"].map((country) => [country, "zh"])),
  ...Object.fromEntries(["EG", "SA", "IQ", "DZ", "MA", "SY", "JO", "AE", "KW"].map((country) => [country, "ar"])),
  ...Object.fromEntries(["BR", "PT", "AO", "MZ"].map((country) => [country, "pt"])),
  ...Object.fromEntries(["MX", "ES", "CO", "AR", "PE", "VE", "CL", "EC", "BO"].map((country) => [country, "es"])),
  ...Object.fromEntries(["FR", "CI", "SN", "CM", "CD"].map((country) => [country, "fr"])),
  ...Object.fromEntries(["DE", "AT", "CH"].map((country) => [country, "de"])),
  JP: "ja",
  KR: "ko",
  TH: "th",
  IN: "hi",
  GR: "el",
  IT: "it",
  TR: "tr",
  VN: "vi",
  PL: "pl",
};

/** The language of a country's cameras; `places` are names of its own for languages in Latin script. */
export function languageOf(country: string, places: readonly string[]): Language {
  const language = LANGUAGE_OF[country] ?? "en";
  return OWN_SCRIPTS[language] ?? { words: places, patterns: LATIN_PATTERNS[language] ?? [] };
}

/** Cities that are called otherwise by those who live there. */
export const NATIVE_NAMES: Readonly<Record<string, string>> = {
  Tokyo: "東京",
  Osaka: "大阪",
  Yokohama: "横浜",
  Nagoya: "名古屋",
  Sapporo: "札幌",
  Beijing: "北京",
  Shanghai: "上海",
  Guangzhou: "广州",
  Shenzhen: "深圳",
  Taipei: "台北",
  Seoul: "서울",
  Busan: "부산",
  Moscow: "Москва",
  "Saint Petersburg": "Санкт-Петербург",
  Novosibirsk: "Новосибирск",
  Yekaterinburg: "Екатеринбург",
  Kyiv: "Київ",
  Bangkok: "กรุงเทพมหานคร",
  Cairo: "القاهرة",
  Baghdad: "بغداد",
  Riyadh: "الرياض",
  Athens: "Αθήνα",
  Delhi: "दिल्ली",
  Mumbai: "मुंबई",
};
