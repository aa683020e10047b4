/// What the city publishes of its programme for everybody, under `/api/v1/open-data`.
@NullMarked
package plaza.api.opendata;

import org.jspecify.annotations.NullMarked;
