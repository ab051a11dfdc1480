//! Where people are reached and how a school is known elsewhere: addresses beside names, and the BRIN that leads to one board.

use serde_json::json;

use crate::desk::Desk;

#[tokio::test]
async fn an_address_is_kept_beside_the_name_and_goes_with_it() {
    let desk = Desk::open("reach-address").await;
    let row = json!({ "id": "Z1", "naam": "Kanarie Z1", "e_mail": "kanarie@voorbeeld.example", "bouwen": ["onderbouw"] });
    let made = desk.post("/kandidaten", row).await.expect(201);
    assert_eq!(made["e_mail"], "kanarie@voorbeeld.example");
    let coach = json!({ "id": "K1", "naam": "Vink", "e_mail": "vink@voorbeeld.example", "maximum": 2, "uren": 120 });
    desk.post("/coaches", coach).await.expect(201);
    desk.edit("/coaches/K1", json!({ "e_mail": "vink2@voorbeeld.example" })).await.expect(200);
    assert_eq!(desk.get("/coaches/K1").await.body["e_mail"], "vink2@voorbeeld.example");
    for wrong in ["kanarie", "a@b", "a b@c.nl", ""] {
        let refused = desk.post("/kandidaten", json!({ "e_mail": wrong, "bouwen": ["onderbouw"] })).await;
        assert_eq!((refused.status, refused.wrong().len()), (400, 1), "{wrong}: {}", refused.body);
        assert_eq!(refused.wrong()[0].1, "/e_mail", "{wrong}");
    }
    // Left out by mistake it does not go in silence; null takes it away.
    let silent = desk.put("/kandidaten/Z1", "\"v1\"", json!({ "naam": "Kanarie Z1", "bouwen": ["onderbouw"] })).await;
    assert_eq!(silent.wrong(), [("ontbreekt", "/e_mail")]);
    let log = desk.log().await;
    assert!(!format!("{log:?}").contains("voorbeeld.example"), "{log:?}");
    let seen = desk.get("/kandidaten/Z1/inzage").await;
    assert_eq!(seen.body["kandidaat"]["e_mail"], "kanarie@voorbeeld.example");
    assert_eq!(desk.drop("/kandidaten/Z1/naam", &seen.tag()).await.status, 204);
    let left = desk.get("/kandidaten/Z1").await.expect(200);
    assert!(left["e_mail"].is_null() && left["naam"].is_null(), "{left}");
    desk.close().await;
}

#[tokio::test]
async fn a_brin_belongs_to_schools_of_one_board() {
    let desk = Desk::open("reach-brin").await;
    for board in ["B1", "B2"] {
        desk.post("/besturen", json!({ "id": board })).await.expect(201);
    }
    let school = |id: &str, board: &str, brin: &str| json!({ "id": id, "bestuur": board, "brin": brin });
    assert_eq!(desk.post("/scholen", school("S1", "B1", "21QZ00")).await.expect(201)["brin"], "21QZ00");
    desk.post("/scholen", school("S2", "B1", "21QZ01")).await.expect(201);
    for wrong in ["21qz", "QZ21", "21QZ0", "21Q"] {
        assert_eq!(desk.post("/scholen", school("S3", "B1", wrong)).await.wrong(), [("brin", "/brin")], "{wrong}");
    }
    let other = desk.post("/scholen", school("S3", "B2", "21QZ")).await;
    assert_eq!((other.status, other.wrong()), (400, vec![("dubbel", "/brin")]), "{}", other.body);
    assert_eq!(desk.edit("/scholen/S2", json!({ "bestuur": "B2" })).await.wrong(), [("dubbel", "/brin")]);
    desk.edit("/scholen/S2", json!({ "bestuur": "B2", "brin": null })).await.expect(200);
    desk.edit("/scholen/S1", json!({ "bestuur": "B2" })).await.expect(200);
    let found = desk.store.read().boards_of_brin("21QZ", "").await.expect("boards");
    assert_eq!(found, ["B2"]);
    assert_eq!(desk.store.read().boards_of_brin("99ZZ", "").await.expect("boards"), Vec::<String>::new());
    desk.close().await;
}
