const NAMES =
  "AK Alaska|AL Alabama|AR Arkansas|AS American Samoa|AZ Arizona|CA California|CO Colorado|CT Connecticut|" +
  "DC District of Columbia|DE Delaware|FL Florida|GA Georgia|GU Guam|HI Hawaii|IA Iowa|ID Idaho|IL Illinois|IN Indiana|" +
  "KS Kansas|KY Kentucky|LA Louisiana|MA Massachusetts|MD Maryland|ME Maine|MI Michigan|MN Minnesota|MO Missouri|" +
  "MP Northern Mariana Islands|MS Mississippi|MT Montana|NC North Carolina|ND North Dakota|NE Nebraska|NH New Hampshire|" +
  "NJ New Jersey|NM New Mexico|NV Nevada|NY New York|OH Ohio|OK Oklahoma|OR Oregon|PA Pennsylvania|PR Puerto Rico|" +
  "RI Rhode Island|SC South Carolina|SD South Dakota|TN Tennessee|TX Texas|UT Utah|VA Virginia|VI US Virgin Islands|" +
  "VT Vermont|WA Washington|WI Wisconsin|WV West Virginia|WY Wyoming";
const CODE_LENGTH = 2;

const STATES: ReadonlyMap<string, string> = new Map(
  NAMES.split("|").map((state) => [state.slice(0, CODE_LENGTH), state.slice(CODE_LENGTH + 1)]),
);

/** The name of a state of the US by its postal code; another code as it is. */
export function stateName(code: string): string {
  return STATES.get(code.toUpperCase()) ?? code;
}
