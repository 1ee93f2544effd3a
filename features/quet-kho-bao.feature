# language: vi
Tính năng: Quét kho báo
  Để theo dõi cả một kho tin bài,
  cán bộ đưa kho vào chương trình một lần
  và nhận lại bảng kết quả, không mất bài nào.

  Tình huống: Mỗi bài của kho được soát, số đếm khớp nhau
    Biết một kho có 20 bài khác nhau
    Và 3 dòng hỏng trong kho
    Khi cán bộ quét kho
    Thì báo cáo ghi đã đọc 23, soát 20, không soát được 3, trùng 0
    Và mỗi dòng hỏng được nêu số dòng và lý do

  Tình huống: Bài đăng lại chỉ được tính một lần
    Biết một kho có 5 bài khác nhau
    Và bài "bai-2" được báo khác đăng lại 4 lần vào những ngày sau
    Khi cán bộ quét kho
    Thì báo cáo ghi đã đọc 9, soát 5, không soát được 0, trùng 4
    Và bản được giữ của bài ấy là bản đăng đầu tiên

  Tình huống: Lượt quét bị ngắt được quét tiếp
    Biết một kho có 300 bài khác nhau
    Khi lượt quét bị ngắt giữa chừng
    Và cán bộ quét tiếp
    Thì kết quả giống hệt một lượt quét không bị ngắt

  Tình huống: Chỉ quét bài của một báo trong một khoảng ngày
    Biết một kho có 20 bài khác nhau
    Khi cán bộ chỉ quét bài của "Báo A" từ ngày 2026-04-05 đến ngày 2026-04-10
    Thì chỉ có bài của "Báo A" từ ngày 2026-04-05 đến ngày 2026-04-10 được soát
    Và những bài khác được đếm riêng, không tính là đã đọc

  Tình huống: Không ghi đè lên kết quả đã có
    Biết một kho có 5 bài khác nhau
    Khi cán bộ quét kho
    Và cán bộ lại quét kho vào cùng thư mục
    Thì chương trình từ chối với mã "GA321"
