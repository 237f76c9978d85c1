/** What kind of picture a camera shows. */
export type SceneKind = "skyline" | "harbour" | "highway" | "mountain" | "beach" | "bridge" | "polar" | "square";

/** What sets one scene apart from another of its kind; each kind knows its own looks and has a plain one. */
export type Look = string;

/** A real place, and the imaginary camera that stands there. */
export type Place = {
  /** Part of its URLs and its id; never changes. */
  slug: string;
  name: string;
  city: string;
  /** ISO 3166-1 alpha-2. */
  country: string;
  /** WGS 84 degrees. */
  lat: number;
  lon: number;
  /** Where the camera looks: degrees clockwise from north. */
  heading_deg: number;
  /** IANA time zone. */
  zone: string;
  scene: SceneKind;
  look: Look;
  climate?: "dry" | "mild" | "wet";
};

type Row = readonly [
  slug: string,
  name: string,
  city: string,
  country: string,
  lat: number,
  lon: number,
  heading: number,
  zone: string,
  scene: SceneKind,
  look: Look,
  climate?: "dry" | "mild" | "wet",
];

// One line a place reads better than twelve.
// prettier-ignore
const ROWS: readonly Row[] = [
  // Europe
  ["westminster-bridge", "Westminster Bridge", "London", "GB", 51.5009, -0.1219, 285, "Europe/London", "bridge", "stone", "wet"],
  ["boulevard-peripherique", "Boulevard Périphérique", "Paris", "FR", 48.8778, 2.2822, 20, "Europe/Paris", "highway", "city"],
  ["trocadero", "Place du Trocadéro", "Paris", "FR", 48.862, 2.2885, 140, "Europe/Paris", "skyline", "eiffel"],
  ["plaza-mayor", "Plaza Mayor", "Madrid", "ES", 40.4155, -3.7074, 0, "Europe/Madrid", "square", "statue", "dry"],
  ["barceloneta", "Platja de la Barceloneta", "Barcelona", "ES", 41.3784, 2.1925, 60, "Europe/Madrid", "beach", "parasols", "dry"],
  ["ponte-25-de-abril", "Ponte 25 de Abril", "Lisbon", "PT", 38.6966, -9.1774, 190, "Europe/Lisbon", "bridge", "red-suspension"],
  ["erasmusbrug", "Erasmusbrug", "Rotterdam", "NL", 51.9096, 4.4868, 160, "Europe/Amsterdam", "bridge", "cable-stayed", "wet"],
  ["landungsbruecken", "St. Pauli Landungsbrücken", "Hamburg", "DE", 53.5454, 9.9678, 200, "Europe/Berlin", "harbour", "port", "wet"],
  ["alexanderplatz", "Alexanderplatz", "Berlin", "DE", 52.5219, 13.4132, 240, "Europe/Berlin", "skyline", "tv-tower"],
  ["gornergrat", "Matterhorn from Gornergrat", "Zermatt", "CH", 45.9834, 7.7847, 262, "Europe/Zurich", "mountain", "horn"],
  ["piazza-san-marco", "Piazza San Marco", "Venice", "IT", 45.4341, 12.3377, 85, "Europe/Rome", "square", "campanile"],
  ["karluv-most", "Karlův most", "Prague", "CZ", 50.0865, 14.4114, 270, "Europe/Prague", "bridge", "stone"],
  ["rynek-glowny", "Rynek Główny", "Kraków", "PL", 50.0617, 19.9373, 45, "Europe/Warsaw", "square", "church"],
  ["piraeus", "Port of Piraeus", "Piraeus", "GR", 37.942, 23.6385, 250, "Europe/Athens", "harbour", "hills", "dry"],
  ["bosphorus-bridge", "15 July Martyrs Bridge", "Istanbul", "TR", 41.0478, 29.0266, 95, "Europe/Istanbul", "bridge", "suspension"],
  ["reykjavik-harbour", "Reykjavík Old Harbour", "Reykjavík", "IS", 64.1513, -21.9436, 10, "Atlantic/Reykjavik", "harbour", "hills", "wet"],
  ["bryggen", "Bryggen", "Bergen", "NO", 60.3966, 5.3219, 40, "Europe/Oslo", "harbour", "hills", "wet"],
  ["slussen", "Slussen", "Stockholm", "SE", 59.3203, 18.0723, 350, "Europe/Stockholm", "harbour", "old-town"],
  ["ny-alesund", "Ny-Ålesund Research Station", "Ny-Ålesund", "SJ", 78.9235, 11.9095, 40, "Arctic/Longyearbyen", "polar", "mountains"],
  // Africa
  ["table-mountain", "Table Mountain", "Cape Town", "ZA", -33.9036, 18.4207, 205, "Africa/Johannesburg", "mountain", "mesa"],
  ["tahrir-square", "Tahrir Square", "Cairo", "EG", 30.0444, 31.2357, 20, "Africa/Cairo", "square", "obelisk", "dry"],
  ["uhuru-park", "Uhuru Park", "Nairobi", "KE", -1.2894, 36.8161, 85, "Africa/Nairobi", "skyline", "park"],
  ["jemaa-el-fnaa", "Jemaa el-Fnaa", "Marrakesh", "MA", 31.6258, -7.9891, 225, "Africa/Casablanca", "square", "minaret", "dry"],
  ["third-mainland-bridge", "Third Mainland Bridge", "Lagos", "NG", 6.5003, 3.3987, 195, "Africa/Lagos", "highway", "water", "wet"],
  ["kilimanjaro", "Mount Kilimanjaro", "Moshi", "TZ", -3.3349, 37.3404, 335, "Africa/Dar_es_Salaam", "mountain", "savanna"],
  ["ngor", "Plage de N'Gor", "Dakar", "SN", 14.7532, -17.5147, 330, "Africa/Dakar", "beach", "palms", "dry"],
  ["walvis-bay", "Port of Walvis Bay", "Walvis Bay", "NA", -22.948, 14.4963, 300, "Africa/Windhoek", "harbour", "port", "dry"],
  // Asia
  ["shibuya-crossing", "Shibuya Crossing", "Tokyo", "JP", 35.6595, 139.7005, 320, "Asia/Tokyo", "square", "neon"],
  ["kawaguchiko", "Mount Fuji, Lake Kawaguchi", "Fujikawaguchiko", "JP", 35.5226, 138.7506, 190, "Asia/Tokyo", "mountain", "cone-lake"],
  ["the-bund", "The Bund", "Shanghai", "CN", 31.2397, 121.4903, 95, "Asia/Shanghai", "skyline", "pearl-tower-water"],
  ["victoria-harbour", "Victoria Harbour", "Hong Kong", "HK", 22.2934, 114.1712, 185, "Asia/Hong_Kong", "harbour", "city", "wet"],
  ["olympic-daero", "Olympic-daero", "Seoul", "KR", 37.5172, 126.9966, 80, "Asia/Seoul", "highway", "city"],
  ["marina-bay", "Marina Bay", "Singapore", "SG", 1.2868, 103.8545, 235, "Asia/Singapore", "skyline", "water", "wet"],
  ["rama-viii-bridge", "Rama VIII Bridge", "Bangkok", "TH", 13.7691, 100.4969, 250, "Asia/Bangkok", "bridge", "cable-stayed", "wet"],
  ["marine-drive", "Marine Drive", "Mumbai", "IN", 18.944, 72.823, 330, "Asia/Kolkata", "skyline", "water", "wet"],
  ["sheikh-zayed-road", "Sheikh Zayed Road", "Dubai", "AE", 25.2184, 55.2806, 210, "Asia/Dubai", "highway", "towers", "dry"],
  ["ha-long-bay", "Hạ Long Bay", "Hạ Long", "VN", 20.9101, 107.1839, 130, "Asia/Ho_Chi_Minh", "harbour", "karst", "wet"],
  ["kuta", "Kuta Beach", "Denpasar", "ID", -8.718, 115.1686, 265, "Asia/Makassar", "beach", "palms", "wet"],
  ["namche-bazaar", "Namche Bazaar", "Namche", "NP", 27.8069, 86.714, 40, "Asia/Kathmandu", "mountain", "range"],
  ["xiangshan", "Taipei from Xiangshan", "Taipei", "TW", 25.0275, 121.5708, 300, "Asia/Taipei", "skyline", "pagoda-tower", "wet"],
  // North and Central America
  ["times-square", "Times Square", "New York", "US", 40.758, -73.9855, 205, "America/New_York", "square", "neon"],
  ["golden-gate", "Golden Gate Bridge", "San Francisco", "US", 37.8077, -122.475, 345, "America/Los_Angeles", "bridge", "red-suspension"],
  ["i-405-sepulveda", "I-405 at Sepulveda Pass", "Los Angeles", "US", 34.107, -118.477, 335, "America/Los_Angeles", "highway", "hills", "dry"],
  ["waikiki", "Waikīkī Beach", "Honolulu", "US", 21.2763, -157.827, 140, "Pacific/Honolulu", "beach", "palms"],
  ["denali", "Denali from Talkeetna", "Talkeetna", "US", 62.323, -150.109, 335, "America/Anchorage", "mountain", "range"],
  ["toronto-harbour", "Toronto Inner Harbour", "Toronto", "CA", 43.6228, -79.379, 350, "America/Toronto", "skyline", "tv-tower-water"],
  ["zocalo", "Zócalo", "Mexico City", "MX", 19.4326, -99.1332, 0, "America/Mexico_City", "square", "flag"],
  ["miraflores", "Miraflores Locks", "Panama City", "PA", 8.9966, -79.5916, 140, "America/Panama", "harbour", "port", "wet"],
  ["summit-station", "Summit Station", "Summit", "GL", 72.5796, -38.4592, 180, "America/Nuuk", "polar", "plain"],
  // South America
  ["copacabana", "Praia de Copacabana", "Rio de Janeiro", "BR", -22.9711, -43.1823, 75, "America/Sao_Paulo", "beach", "parasols"],
  ["marginal-pinheiros", "Marginal Pinheiros", "São Paulo", "BR", -23.5873, -46.6963, 330, "America/Sao_Paulo", "highway", "city", "wet"],
  ["ushuaia", "Port of Ushuaia", "Ushuaia", "AR", -54.8076, -68.3039, 330, "America/Argentina/Ushuaia", "harbour", "hills", "wet"],
  ["cotopaxi", "Cotopaxi", "Latacunga", "EC", -0.5862, -78.5873, 122, "America/Guayaquil", "mountain", "volcano"],
  // Oceania
  ["sydney-harbour-bridge", "Sydney Harbour Bridge", "Sydney", "AU", -33.8568, 151.2153, 300, "Australia/Sydney", "bridge", "arch"],
  ["bondi", "Bondi Beach", "Sydney", "AU", -33.8915, 151.2767, 120, "Australia/Sydney", "beach", "surf"],
  ["auckland-harbour", "Waitematā Harbour", "Auckland", "NZ", -36.8325, 174.7968, 245, "Pacific/Auckland", "skyline", "tv-tower-water"],
  ["aoraki", "Aoraki / Mount Cook", "Mount Cook Village", "NZ", -43.9853, 170.1429, 350, "Pacific/Auckland", "mountain", "range-lake"],
  // Antarctica
  ["mcmurdo", "McMurdo Station", "McMurdo", "AQ", -77.8463, 166.6682, 20, "Antarctica/McMurdo", "polar", "mountains", "dry"],
  ["south-pole", "Amundsen-Scott South Pole", "South Pole", "AQ", -89.9976, -139.2728, 40, "Antarctica/South_Pole", "polar", "plain", "dry"],
  ["neumayer", "Neumayer-Station III", "Ekström Ice Shelf", "AQ", -70.6667, -8.2667, 200, "Etc/UTC", "polar", "plain", "dry"],
];

/** Every place the demonstration watches. */
export const PLACES: readonly Place[] = ROWS.map(
  ([slug, name, city, country, lat, lon, heading, zone, scene, look, climate]) => ({
    slug,
    name,
    city,
    country,
    lat,
    lon,
    heading_deg: heading,
    zone,
    scene,
    look,
    ...(climate === undefined ? {} : { climate }),
  }),
);
