"""Italy's territories: codes, names, and who belongs to whom in a year.

The facts are public and stand in ``territories.csv``, one line a code: Istat's list of the statistical
codes of administrative units (codes, names, types, car plates, NUTS), the NUTS 2021 and 2024
classifications (one code serves both; a unit that was gone by then keeps its last one), and for Sardinia
the regional laws 9/2001, 2/2016 and 7/2021. Where facts leave a choice, this is ours:

- **Years are Istat's.** A unit stands in the years for which Istat's statistics use its code, which is
  later than the law: the four Sardinian provinces of 2001 from 2006 to 2016; Monza e della Brianza, Fermo
  and Barletta-Andria-Trani (law of 2004, councils elected in 2009) from 2010; Sud Sardegna (law of 2016)
  from 2017 to 2025; the eight Sardinian units (in force in July 2025) from 2026. That makes 103 units in
  1995–2005, 107 in 2006–2009, 110 in 2010–2016, 107 in 2017–2025, 110 from 2026. Years before 1995 are
  refused; after the last change the list stands until Istat changes it.
- **A code is a territory.** Istat gave all Sardinian units new codes in 2026: Sassari is ``090`` until 2025
  and ``112`` after, under one slug. Borders that moved under an unchanged code (Ascoli Piceno when Fermo
  left, Sassari in 2006 and 2017) do not make another territory.
- **The historical code comes first.** A metropolitan city is ``048``, by which Istat codes its
  municipalities, and ``248`` is an alternate of it.
- **Kind and title are the last ones held** under the code: Firenze is a metropolitan city in 2010 too.
  Istat calls the four units of Friuli-Venezia Giulia non-administrative; they keep the everyday title of
  province.
- **Valle d'Aosta is one territory**, region ``02`` and province ``007`` at once: its code is ``02``,
  ``007`` is an alternate, it counts among the provinces and among the regions, and it is the only province
  of itself. So no list has it twice.
- **Trento and Bolzano** are provinces of Trentino-Alto Adige, which has no NUTS code of its own: NUTS takes
  each of the two as a region.
- **Italian names** are the primary ones; bilingual forms are aliases. A name is found whatever its
  capitals, accents, blanks, hyphens and apostrophes. In a slug a one-letter elision stands apart
  (``valle-d-aosta``), a longer one joins (``reggio-nellemilia``); ``find`` does not mind.
- **What is not certain is left out**: the plates of the four Sardinian provinces of 2026, and NUTS codes of
  all eight, which NUTS 2024 does not have.
"""

from rendiconto.territory.gazetteer import FIRST_YEAR, SELECTORS, Gazetteer, NotInForce
from rendiconto.territory.listing import area
from rendiconto.territory.territory import Kind, Territory

__all__ = ["FIRST_YEAR", "SELECTORS", "Gazetteer", "Kind", "NotInForce", "Territory", "area"]
