# language: vi
Tính năng: Theo dõi kiến nghị đến khi điều khoản được sửa
  Để điều khoản phân biệt đối xử được cộng đồng sửa lại,
  người làm pháp chế gửi kiến nghị cho xã từ những phát hiện đã xác nhận
  và theo dõi đến khi bản mới không còn điều khoản ấy.

  Bối cảnh:
    Biết quy ước của bản "Nà Hum" có hai phát hiện S4 đã được xác nhận

  Tình huống: Lập và gửi kiến nghị
    Khi pháp chế lập kiến nghị với mọi phát hiện đã xác nhận
    Và pháp chế ghi đã gửi kiến nghị số "12/STP", hạn trả lời sau 10 ngày
    Thì mọi phát hiện trong kiến nghị ở trạng thái "đã kiến nghị"
    Và công văn tải về nêu Điều 12 Nghị định 61/2023 và không đề xuất phạt
    Và cán bộ xã thấy kiến nghị "12/STP" trong danh sách của xã mình

  Tình huống: Kiến nghị quá hạn được nhắc
    Khi pháp chế lập kiến nghị với mọi phát hiện đã xác nhận
    Và pháp chế ghi đã gửi kiến nghị số "12/STP" cách đây 30 ngày, hạn trả lời cách đây 5 ngày
    Thì trang kiến nghị nhắc 1 kiến nghị quá hạn 5 ngày

  Tình huống: Quyết định được chuyển sang bản mới, điều đã sửa được xác nhận
    Khi pháp chế lập kiến nghị về điều khoản biểu quyết
    Và pháp chế ghi đã gửi kiến nghị số "12/STP", hạn trả lời sau 10 ngày
    Và bản nộp quy ước mới đã sửa điều khoản biểu quyết
    Và pháp chế chuyển các quyết định sang bản mới
    Thì điều khoản về đất của bản mới mang quyết định cũ, ghi "Chuyển từ bản trước"
    Khi pháp chế xác nhận điều khoản biểu quyết đã sửa
    Thì kiến nghị "12/STP" đã kết thúc
    Khi pháp chế hoàn tác
    Thì kiến nghị "12/STP" trở lại "đã gửi"

  Tình huống: Phản ánh bằng văn bản phải được xem xét trong ba ngày làm việc
    Khi cán bộ xã ghi nhận một phản ánh bằng văn bản cách đây 40 ngày
    Thì trang trạng thái báo quá hạn và dẫn "Khoản 2 Điều 12 Nghị định 61/2023/NĐ-CP" là căn cứ tham khảo
