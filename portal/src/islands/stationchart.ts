import { histories } from "./history";

histories(document);
