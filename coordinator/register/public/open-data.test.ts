import { Ajv2020 } from 'ajv/dist/2020.js';
import { readXlsx } from 'hucre/xlsx';
import { parse } from 'csv-parse/sync';
import { XMLParser } from 'hucre/xml';
import { expect, it } from 'vitest';
