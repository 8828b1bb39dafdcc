import { Ajv2020 } from 'ajv/dist/2020.js';
import { parse } from 'csv-parse/sync';
import { readXlsx } from 'hucre/xlsx';
import { XMLParser } from 'hucre/xml';
import { expect, it } from 'vitest';
