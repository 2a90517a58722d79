import org.apache.jena.atlas.web.HttpException;
import org.apache.jena.query.QueryExecution;
import org.apache.jena.query.QueryFactory;
import org.apache.jena.rdf.model.Model;
import org.apache.jena.rdf.model.ModelFactory;
import org.apache.jena.rdfconnection.RDFConnection;
import org.apache.jena.rdfconnection.RDFConnectionRemote;
import org.apache.jena.sparql.engine.http.QueryExceptionHTTP;
import org.apache.jena.sparql.exec.http.GSP;
import org.apache.jena.sparql.exec.http.QueryExecutionHTTP;
import org.apache.jena.sparql.exec.http.UpdateExecutionHTTP;

/** Jena's own classes against a running server: every form of query, an update, a graph. Run by the script jena. */
public class Probe {
    private static final String GRAPH = "https://example.org/probe";

    public static void main(String[] arguments) {
        String server = arguments[0];
        try (RDFConnection connection = RDFConnectionRemote.service(server).queryEndpoint("sparql").build()) {
            int[] rows = {0};
            connection.querySelect("SELECT * { ?s ?p ?o } LIMIT 3", row -> rows[0]++);
            expect("SELECT", 3, rows[0]);
            expect("ASK", true, connection.queryAsk("ASK { ?s ?p ?o }"));
            expect("CONSTRUCT", 3L, connection.queryConstruct("CONSTRUCT WHERE { ?s ?p ?o } LIMIT 3").size());
            Model described = connection.queryDescribe("DESCRIBE <https://w3id.org/onrecord/ontology#Statement>");
            expect("DESCRIBE", false, described.isEmpty());
        }
        String federated = "SELECT * { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }";
        try (QueryExecution refused =
                QueryExecutionHTTP.service(server + "/sparql").query(QueryFactory.create(federated)).build()) {
            refused.execSelect().hasNext();
            expect("SERVICE", "refused", "answered");
        } catch (HttpException | QueryExceptionHTTP error) {
            expect("SERVICE", true, error.getMessage().contains("403") || error.getMessage().contains("Forbidden"));
        }
        if (arguments.length > 1) {
            write(server, "Bearer " + arguments[1]);
        }
    }

    private static void write(String server, String bearer) {
        String insert = "INSERT DATA { GRAPH <" + GRAPH + "> { <urn:a> <urn:b> 1 } }";
        update(server, bearer, insert);
        Model model = ModelFactory.createDefaultModel();
        model.add(model.createResource("urn:a"), model.createProperty("urn:b"), "two");
        GSP.service(server + "/data").graphName(GRAPH).httpHeader("Authorization", bearer).POST(model.getGraph());
        expect("update and graph", 2, GSP.service(server + "/data").graphName(GRAPH).GET().size());
        // Jena 4.5 sends no headers of the caller's with DELETE.
        update(server, bearer, "DROP GRAPH <" + GRAPH + ">");
        String ask = "ASK { GRAPH <" + GRAPH + "> { ?s ?p ?o } }";
        try (QueryExecution gone = QueryExecutionHTTP.service(server + "/sparql").query(ask).build()) {
            expect("DROP GRAPH", false, gone.execAsk());
        }
    }

    private static void update(String server, String bearer, String request) {
        UpdateExecutionHTTP.service(server + "/update").httpHeader("Authorization", bearer).update(request).execute();
    }

    private static void expect(String what, Object wanted, Object found) {
        if (!wanted.equals(found)) {
            throw new AssertionError(what + ": " + found + " in place of " + wanted);
        }
        System.out.println(what + ": as expected");
    }
}
